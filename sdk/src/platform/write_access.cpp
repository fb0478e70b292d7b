#include "platform/write_access.hpp"

#include <deque>
#include <system_error>

#if !defined(_WIN32)
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace silex::platform {

#if defined(_WIN32)

WriteAccess find_exposure(const std::filesystem::path& /*path*/) {
  return {};
}

#else

namespace {

namespace fs = std::filesystem;
using Exposure = WriteAccess::Exposure;

constexpr int kMostLinks = 40;  // as Linux has it

bool anyone_writes(const struct stat& status) {
  return (status.st_mode & S_IWOTH) != 0;
}
bool is_sticky(const struct stat& status) {
  return (status.st_mode & S_ISVTX) != 0;
}
bool is_ours(const struct stat& status) {
  return status.st_uid == 0 || status.st_uid == geteuid();
}

// From the root to the end of a path, a component at a time, as the system resolves it.
class Walk {
 public:
  explicit Walk(const fs::path& path) {
    const fs::path absolute = fs::absolute(path);
    here_ = absolute.root_path();
    push(absolute.relative_path());
  }

  WriteAccess run() {
    struct stat folder {};
    while (!left_.empty()) {
      if (stat(here_.c_str(), &folder) != 0) return {};
      const fs::path name = left_.front();
      left_.pop_front();
      if (name.empty() || name == ".") continue;
      if (name == "..") {
        here_ = here_.parent_path();
        continue;
      }
      const fs::path next = here_ / name;
      struct stat status {};
      if (lstat(next.c_str(), &status) != 0) return {};
      if (anyone_writes(folder)) {
        if (!is_sticky(folder)) return {Exposure::folder, here_};
        if (!is_ours(status)) return {Exposure::stranger, next};
      }
      if (S_ISLNK(status.st_mode)) {
        if (!follow(next)) return {};
      } else if (S_ISDIR(status.st_mode)) {
        here_ = next;
      } else {
        return of_file(next, status, folder);
      }
    }
    if (stat(here_.c_str(), &folder) != 0 || !anyone_writes(folder)) return {};
    return {Exposure::folder, here_};
  }

 private:
  void push(const fs::path& components) { left_.insert(left_.begin(), components.begin(), components.end()); }

  bool follow(const fs::path& link) {
    std::error_code error;
    const fs::path target = fs::read_symlink(link, error);
    if (error || ++links_ > kMostLinks) return false;
    if (target.is_absolute()) here_ = target.root_path();
    push(target.relative_path());
    return true;
  }

  WriteAccess of_file(const fs::path& file, const struct stat& status, const struct stat& folder) const {
    if (anyone_writes(status)) return {Exposure::file, file};
    if (anyone_writes(folder)) return {Exposure::folder, here_};
    return {};
  }

  fs::path here_;  // a folder, and no link
  std::deque<fs::path> left_;
  int links_ = 0;
};

}  // namespace

WriteAccess find_exposure(const std::filesystem::path& path) {
  return Walk(path).run();
}

#endif

}  // namespace silex::platform
