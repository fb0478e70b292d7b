// A reference that runs as a process of its own.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace silex::bench {

// The last line the command prints, as JSON; an empty object when it fails.
nlohmann::json output_of(const std::vector<std::string>& command);

}  // namespace silex::bench
