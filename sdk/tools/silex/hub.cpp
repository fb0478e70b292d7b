#include "hub.hpp"

#include "exit_code.hpp"
#include "platform/become.hpp"
#include "platform/library.hpp"
#include "shared_folder.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

const char* variable(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): we set no variable
}

// Where its files are: said, installed beside this program, or in the tree that it was built from.
std::optional<fs::path> hub_folder() {
  const char* const said = variable("SILEX_HUB");
  if (!said) return shared_folder("hub", "samples/hub", "main.js");
  std::error_code error;
  return fs::is_regular_file(fs::path(said) / "main.js", error) ? std::optional<fs::path>(said)
                                                                : std::nullopt;
}

// Debian called it nodejs.
std::optional<fs::path> find_node() {
  const char* const path = variable("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, platform::kPathSeparator);) {
    for (const char* const name : {"node", "nodejs", "node.exe"}) {
      std::error_code error;
      if (fs::is_regular_file(fs::path(folder) / name, error)) return fs::path(folder) / name;
    }
  }
  return std::nullopt;
}

int missing(const std::string& sentence) {
  std::cerr << "silex hub: " << sentence << "\n";
  return kWrong;
}

}  // namespace

int hub(const HubCommand& command) {
  const auto folder = hub_folder();
  if (!folder) {
    return missing(variable("SILEX_HUB")
                       ? "SILEX_HUB names a folder without main.js: set it to the hub's"
                       : "the hub's files are not there: set SILEX_HUB to the folder samples/hub");
  }
  const auto node = find_node();
  if (!node)
    return missing("Node.js is not there: install version 18 or newer (Debian: apt install nodejs npm)");
  if (!fs::is_directory(*folder / "node_modules" / "socket.io")) {
    return missing("npm's packages are not there: run \"npm ci\" in " + folder->string());
  }
  std::vector<std::string> words{node->string(), (*folder / "main.js").string()};
  if (!command.no_browser) words.emplace_back("--open");
  words.insert(words.end(), command.options.begin(), command.options.end());
  std::cout << std::flush;
  const std::error_code error = platform::become(words);
  return missing(node->string() + " could not be started: " + error.message());
}

}  // namespace silex::cli
