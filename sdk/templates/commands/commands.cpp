// The commands of @Name@. Actions name them by their paths.
#include <silex/command.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

// Writes a note to a file, and takes it back.
struct WriteNote : silex::Command {
  static constexpr const char* declaration = R"({"path": "@name@.WriteNote", "parameters": {
    "text": {"type": "str", "tooltip": "What is written"},
    "file": {"type": "Path", "tooltip": "Where to"}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    file = context.get<std::string>("file");
    const auto text = context.get<std::string>("text");
    // worker() is for what blocks, main_thread() for what the host does.
    const auto write = [&] { std::ofstream(file) << text << "\n"; };
    co_await context.worker(write);
    context.log("wrote " + file);
    co_return silex::json{{"file", file}};
  }
  silex::task<> undo(silex::CommandContext& context) override {
    const auto remove = [&] { std::filesystem::remove(file); };
    co_await context.worker(remove);
  }

  std::string file;
};

}  // namespace

SILEX_COMMAND_PACK(@name@, "0.1.0", WriteNote)
