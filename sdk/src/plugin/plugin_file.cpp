#include "plugin/plugin_file.hpp"

#include "platform/library.hpp"
#include "platform/write_access.hpp"

#include <algorithm>
#include <system_error>

namespace silex {

namespace {

namespace fs = std::filesystem;
using platform::WriteAccess;

std::string quoted(const fs::path& path) {
  return "'" + path.string() + "'";
}

// Why a file or a folder is not to be trusted, and what to do; "" where it is.
std::string exposure_of(const fs::path& path) {
  const WriteAccess access = platform::find_exposure(path);
  const std::string where = quoted(access.where);
  switch (access.exposure) {
    case WriteAccess::Exposure::none:
      return {};
    case WriteAccess::Exposure::file:
      return "anyone can write into it: run chmod o-w " + where;
    case WriteAccess::Exposure::folder:
      return "anyone can write in the folder " + where +
             ", and put another library there: run chmod o-w on it, or move the library";
    case WriteAccess::Exposure::stranger:
      return where +
             " lies in a folder that anyone can write in, and belongs neither to you nor to root: "
             "move the library to a folder of your own";
  }
  return {};
}

Status is_not_looked_into(const fs::path& folder, silex_status code, const std::string& why) {
  return {code, "nothing is loaded from " + quoted(folder) + ", a folder of the adapter path: " + why};
}

}  // namespace

Status check_plugin_file(const fs::path& path) {
  const std::string file = quoted(path);
  std::error_code why;
  switch (platform::inspect_library(path, why)) {
    case platform::FileProblem::none:
      break;
    case platform::FileProblem::missing:
      return {SILEX_ERROR_FILE_NOT_FOUND, "there is no file " + file + ": check the path"};
    case platform::FileProblem::not_a_file:
      return {SILEX_ERROR_NOT_A_FILE, file + " is not a file but a folder or a device: name a library"};
    case platform::FileProblem::unreadable:
      return {SILEX_ERROR_LIBRARY_LOAD,
              file + " can't be read (" + why.message() + "): check its permissions and those of its folder"};
    case platform::FileProblem::empty:
      return {SILEX_ERROR_NOT_A_LIBRARY, file + " is empty: copy it again"};
    case platform::FileProblem::other_format:
      return {SILEX_ERROR_NOT_A_LIBRARY,
              file + " is not a shared library: a plugin ends in " + std::string(platform::kLibraryEnding)};
    case platform::FileProblem::cut_short:
      return {SILEX_ERROR_NOT_A_LIBRARY, file + " is cut short: copy it again"};
    case platform::FileProblem::other_machine:
      return {SILEX_ERROR_NOT_A_LIBRARY, file + " is a library for another kind of machine, " +
                                             platform::machine_of(path) + ": build it for this one, " +
                                             platform::this_machine()};
  }
  const std::string exposure = exposure_of(path);
  if (exposure.empty()) return {};
  return {SILEX_ERROR_LIBRARY_LOAD, file + " is not loaded, because " + exposure};
}

std::vector<fs::path> split_search_path(const std::string& search_path) {
  std::vector<fs::path> folders;
  std::size_t begin = 0;
  while (begin <= search_path.size()) {
    const std::size_t end = std::min(search_path.find(platform::kPathSeparator, begin), search_path.size());
    if (end > begin) folders.emplace_back(search_path.substr(begin, end - begin));
    begin = end + 1;
  }
  return folders;
}

Status check_plugin_folder(const fs::path& folder) {
  if (folder.is_relative()) {
    return is_not_looked_into(
        folder, SILEX_ERROR_INVALID_ARGUMENT,
        "it is relative, and so another one wherever the host is started: name it in full");
  }
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) {
    return {SILEX_ERROR_FILE_NOT_FOUND,
            "there is no folder " + quoted(folder) +
                ", which the adapter path names: make it, or take it off the path"};
  }
  if (!error && !fs::is_directory(status)) {
    return is_not_looked_into(folder, SILEX_ERROR_NOT_A_FILE,
                              "it is no folder: name the one that holds the library");
  }
  if (!error) static_cast<void>(fs::directory_iterator(folder, error));
  if (error) {
    return is_not_looked_into(folder, SILEX_ERROR_LIBRARY_LOAD,
                              "it can't be read (" + error.message() + "): check its permissions");
  }
  const std::string exposure = exposure_of(folder);
  if (exposure.empty()) return {};
  return is_not_looked_into(folder, SILEX_ERROR_LIBRARY_LOAD, exposure);
}

}  // namespace silex
