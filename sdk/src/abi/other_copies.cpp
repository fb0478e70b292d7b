#include "abi/other_copies.hpp"

#include "platform/loaded_libraries.hpp"

#include <filesystem>
#include <string>
#include <system_error>

namespace silex::abi {

namespace {

constexpr char kHere = 0;

// "libsilex" of libsilex.so.0.1.0.
std::string name_of(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return name.substr(0, name.find('.'));
}

}  // namespace

void warn_of_other_copies(Logger& logger) {
  const std::filesystem::path own = platform::library_at(&kHere);
  for (const std::filesystem::path& file : platform::loaded_libraries()) {
    std::error_code error;
    if (name_of(file) != name_of(own) || std::filesystem::equivalent(file, own, error)) continue;
    logger.write(
        SILEX_LOG_WARNING,
        "this process has two copies of libsilex, '" + own.string() + "' and '" + file.string() +
            "': each has runtimes of its own, and the host's main thread serves all of them; remove one "
            "of the packages that bring them");
  }
}

}  // namespace silex::abi
