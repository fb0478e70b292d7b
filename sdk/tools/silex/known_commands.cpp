#include "known_commands.hpp"

#include <string>

namespace silex::cli {

json known_commands(silex_runtime* runtime) {
  std::uint64_t length = 0;
  if (silex_commands_read(runtime, nullptr, 0, &length) != SILEX_OK) return json::array();
  std::string text(length + 1, '\0');
  silex_commands_read(runtime, text.data(), text.size(), &length);
  text.resize(length);
  return json::parse(text);
}

}  // namespace silex::cli
