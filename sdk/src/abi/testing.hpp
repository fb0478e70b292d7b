// silex/testing.h, behind silex_host.get_extension().
#pragma once

#include <silex/testing.h>

namespace silex::abi {

// Static storage. [any-thread]
const silex_testing& testing() noexcept;

}  // namespace silex::abi
