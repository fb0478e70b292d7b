#include "platform/process.hpp"

#include <array>
#include <system_error>

#if defined(_WIN32)
#include <windows.h>
#else
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#endif
#include <pwd.h>
#include <unistd.h>
#endif

namespace silex::platform {

std::size_t thread_count() {
  std::size_t count = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc/self/task", error), end; !error && at != end;
       at.increment(error)) {
    ++count;
  }
  return count;
}

#if defined(_WIN32)

std::uint64_t process_id() noexcept {
  return GetCurrentProcessId();
}

std::string user_name() {
  char name[257];  // UNLEN and the closing 0
  DWORD size = sizeof name;
  return GetUserNameA(name, &size) ? std::string(name, size - 1) : std::string();
}

std::filesystem::path program_file() {
  std::array<wchar_t, 32768> name{};
  const DWORD length = GetModuleFileNameW(nullptr, name.data(), static_cast<DWORD>(name.size()));
  return std::wstring(name.data(), length);
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

std::filesystem::path program_file() {
  std::error_code error;
#if defined(__APPLE__)
  std::array<char, 4096> name{};
  auto size = static_cast<std::uint32_t>(name.size());
  if (_NSGetExecutablePath(name.data(), &size) != 0) return {};
  return std::filesystem::canonical(name.data(), error);
#else
  return std::filesystem::read_symlink("/proc/self/exe", error);
#endif
}

#endif

}  // namespace silex::platform
