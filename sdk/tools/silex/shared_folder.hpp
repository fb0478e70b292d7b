// Where what belongs to the command stands, beside the program itself.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace silex::cli {

// The folder share/silex/<installed> of the installation that this program belongs to, or <in_tree> of the
// tree that it was built in: the one that has `entry`, for a build folder has folders of the same names.
// Nothing where it is neither.
std::optional<std::filesystem::path> shared_folder(const std::string& installed, const std::string& in_tree,
                                                   const std::string& entry);

}  // namespace silex::cli
