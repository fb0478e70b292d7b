// This process turns into another program, and keeps its id, its terminal and its files.
#pragma once

#include <string>
#include <system_error>
#include <vector>

namespace silex::platform {

// `command`: the program's path and its arguments. Comes back only where that failed. On Windows, where a
// process cannot turn into another, it waits for the program and ends with its exit code.
std::error_code become(const std::vector<std::string>& command);

}  // namespace silex::platform
