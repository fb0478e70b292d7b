#include "platform/rename.hpp"

#include <cerrno>

#if defined(__linux__)
#include <cstdio>

#include <fcntl.h>
#endif

namespace silex::platform {

std::error_code rename_to_new(const std::filesystem::path& from, const std::filesystem::path& to) {
#if defined(__linux__)
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  // NFS, for one, says EINVAL.
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) return {errno, std::generic_category()};
#endif
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(to, error))) {
    return std::make_error_code(std::errc::file_exists);
  }
  std::filesystem::rename(from, to, error);
  return error;
}

}  // namespace silex::platform
