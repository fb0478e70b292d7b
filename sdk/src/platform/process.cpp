#include "platform/process.hpp"

#if defined(_WIN32)
#include <windows.h>
#else
#include <array>

#include <pwd.h>
#include <unistd.h>
#endif

namespace silex::platform {

#if defined(_WIN32)

std::uint64_t process_id() noexcept {
  return GetCurrentProcessId();
}

std::string user_name() {
  char name[257];  // UNLEN and the closing 0
  DWORD size = sizeof name;
  return GetUserNameA(name, &size) ? std::string(name, size - 1) : std::string();
}

#else

std::uint64_t process_id() noexcept {
  return static_cast<std::uint64_t>(getpid());
}

std::string user_name() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  const bool known = getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found;
  return known ? std::string(entry.pw_name) : std::to_string(geteuid());
}

#endif

}  // namespace silex::platform
