// Renaming without ever writing over something.
#pragma once

#include <filesystem>
#include <system_error>

namespace silex::platform {

// Renames a file or a folder on its own file system; std::errc::file_exists where there is something at `to`.
// Where the file system can't do it in one, what appears there between the look and the renaming is lost.
// [any-thread]
std::error_code rename_to_new(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace silex::platform
