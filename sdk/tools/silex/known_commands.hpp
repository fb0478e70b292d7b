// The commands that actions may name in a runtime.
#pragma once

#include <silex/action.hpp>
#include <silex/silex.hpp>

namespace silex::cli {

// Their declarations, an array.
json known_commands(silex_runtime* runtime);

}  // namespace silex::cli
