// The environment variables of this process. All of it is [main-thread]: the system keeps no lock, and other
// libraries in the process read and write them there.
#pragma once

#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace silex::platform {

// Nothing where it is not set.
std::optional<std::string> environment_value(const std::string& name);

// Nothing: unsets it.
std::error_code set_environment_value(const std::string& name, const std::optional<std::string>& value);

// All of them, as "NAME=value".
std::vector<std::string> environment();

}  // namespace silex::platform
