// What a shell completes of the command `silex`.
#pragma once

#include <string>

namespace silex::cli {

// Prints the script for "bash", "zsh" or "fish".
int print_completion(const std::string& shell);

}  // namespace silex::cli
