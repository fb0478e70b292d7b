#include <silex/command.hpp>

#include <filesystem>
#include <fstream>

struct Export : silex::Command {
  static constexpr const char* declaration = R"({"path": "studio.Export", "parameters": {
    "shot": {"type": "str"}, "frames": {"type": "FrameSet"}}})";

  silex::task<silex::json> execute(silex::CommandContext& context) override {
    file = context.get<std::string>("shot") + ".txt";
    const auto write = [&] { std::ofstream(file) << context.parameters().dump() << "\n"; };
    co_await context.worker(write);  // main_thread() is for what the host does
    context.log("wrote " + file);
    co_return silex::json{{"file", file}};
  }
  silex::task<> undo(silex::CommandContext&) override {
    std::filesystem::remove(file);
    co_return;
  }
  std::string file;
};
SILEX_COMMAND_PACK(studio, "1.0", Export)
