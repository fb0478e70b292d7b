// Who else may change a file, or put another one in its place.
#pragma once

#include <filesystem>

namespace silex::platform {

struct WriteAccess {
  enum class Exposure {
    none,
    file,     // anyone can write into `where`, the file itself
    folder,   // anyone can write in `where`, a folder on the way to it
    stranger  // `where` lies in a folder that anyone can write in, and belongs to neither this user nor root
  };
  Exposure exposure = Exposure::none;
  std::filesystem::path where{};
};

// Whether a user who is neither root, nor the owner, nor in the group of what lies on the way may change what
// `path`, a file or a folder, comes to. Each folder is looked at that the system passes, those that symbolic
// links lead through included. In a folder with the sticky bit, such as /tmp, nobody can replace what another
// one has put there: it is safe to pass through, but no place for the file itself. A folder at the end of
// `path` is looked at as one that holds files. What is missing or cannot be looked at ends the walk: it can't
// be loaded either. On Windows nothing is found: its access lists are not looked at.
WriteAccess find_exposure(const std::filesystem::path& path);

}  // namespace silex::platform
