// What a runtime is configured with: default < file < environment < silex_options.
#pragma once

#include "config/config.hpp"
#include "runtime/status.hpp"

#include <silex/runtime.h>

namespace silex::abi {

// SILEX_ERROR_INVALID_ARGUMENT, with every finding in its detail, where file or environment are wrong.
Status configure(const silex_options& options, config::Config& config);

}  // namespace silex::abi
