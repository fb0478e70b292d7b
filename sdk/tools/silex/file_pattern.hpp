// Files by a pattern, as a host's manual writes where it looks for them.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace silex::cli {

// The value of an environment variable; nothing where it is not set.
using Variables = std::function<std::optional<std::string>(const std::string& name)>;

// What is there of "~/.config/*/scripts", "${NAME}/modules": '~' is the user's folder; '*' is any text inside
// one name;
// ${NAME} is each of the folders in that variable, separated as in PATH, and none where it is not set. Sorted
// where a
// '*' has more than one.
std::vector<std::filesystem::path> find_all(const std::string& pattern, const Variables& variables);

// The same, below a folder, without variables.
std::vector<std::filesystem::path> find_all_in(const std::filesystem::path& folder,
                                               const std::string& pattern);

}  // namespace silex::cli
