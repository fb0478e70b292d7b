#include "shared_folder.hpp"

#include "platform/process.hpp"

#include <system_error>

namespace silex::cli {

namespace fs = std::filesystem;

std::optional<fs::path> shared_folder(const std::string& installed, const std::string& in_tree,
                                      const std::string& entry) {
  for (fs::path folder = platform::program_file().parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    for (const fs::path& place : {folder / "share" / "silex" / installed, folder / in_tree}) {
      std::error_code error;
      if (fs::exists(place / entry, error)) return place;
    }
  }
  return std::nullopt;
}

}  // namespace silex::cli
