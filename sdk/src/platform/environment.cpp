#include "platform/environment.hpp"

#include <cerrno>
#include <cstdlib>

#if !defined(_WIN32)
#include <unistd.h>
#endif

namespace silex::platform {

std::optional<std::string> environment_value(const std::string& name) {
  const char* const value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): see the header
  return value ? std::optional<std::string>(value) : std::nullopt;
}

std::error_code set_environment_value(const std::string& name, const std::optional<std::string>& value) {
#if defined(_WIN32)
  const int failed = _putenv_s(name.c_str(), value ? value->c_str() : "");
#else
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  const int failed = value ? setenv(name.c_str(), value->c_str(), 1) : unsetenv(name.c_str());
#endif
  return failed ? std::error_code(errno, std::generic_category()) : std::error_code();
}

std::vector<std::string> environment() {
#if defined(_WIN32)
  char** entry = _environ;
#else
  char** entry = environ;
#endif
  std::vector<std::string> all;
  for (; entry && *entry; ++entry) all.emplace_back(*entry);
  return all;
}

}  // namespace silex::platform
