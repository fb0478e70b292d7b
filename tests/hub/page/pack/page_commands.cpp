// The commands that the page's tests run in a real host. They wait for files that a test makes, never for
// time.
#include <silex/command.hpp>

#include <chrono>
#include <filesystem>
#include <thread>

namespace {

using silex::CommandContext;
using silex::json;
using silex::task;

// A control of each type. Says what was answered.
struct Ask : silex::Command {
  static constexpr const char* declaration = R"({"path": "page.Ask", "ask_user": true, "parameters": {
    "name": {"type": {"name": "str", "maxLenght": 12}, "value": "sh010", "label": "Name", "tooltip": "Short."},
    "notes": {"type": {"name": "str", "multiline": true}, "value": "one"},
    "version": {"type": "int"},
    "scale": {"type": "float", "value": 0.5},
    "textures": {"type": "bool", "value": false},
    "file": {"type": {"name": "Path", "extensions": ["abc"]}},
    "layers": {"type": {"name": "task_file", "multiple": true}, "value": ["/a.exr"]},
    "owner": {"type": "task", "value": "t1"},
    "format": {"type": {"name": "select", "options": {"Alembic": "abc", "USD": "usd"}}},
    "quality": {"type": {"name": "radio_select", "options": {"Draft": 0, "Final": 1}}, "value": 0},
    "passes": {"type": {"name": "multiple_select", "options": {"Beauty": "b", "Depth": "d"}}, "value": ["b"]},
    "samples": {"type": {"name": "range", "start": 0, "end": 10, "increment": 2, "marks": true}, "value": 4},
    "resolution": {"type": {"name": "int_array", "size": 2}, "value": [1920, 1080]},
    "plain": {"type": {"name": "list", "itemType": "int"}, "value": [1]},
    "tags": {"type": {"name": "editable_list", "itemType": "str"}, "value": ["hero", "night"]},
    "names": {"type": {"name": "dict", "key": "str", "value": "int"}, "value": {"left": 1}},
    "info": {"type": {"name": "text", "color": "warning"}, "value": "The disk is nearly full."},
    "frames": {"type": "FrameSet", "value": "1-10"}}})";
  task<json> execute(CommandContext& context) override {
    context.log("got " + context.parameters().dump());
    co_return context.parameters();
  }
};

// Runs until its file is there.
struct Work : silex::Command {
  static constexpr const char* declaration = R"({"path": "page.Work", "parameters": {
    "text": {"type": "str", "value": ""}, "until": {"type": "Path", "value": ""},
    "percent": {"type": "float", "value": 50}}})";
  task<json> execute(CommandContext& context) override {
    context.progress(context.get<double>("percent"));
    context.log("begun " + context.get<std::string>("text"));
    const auto until = context.get<std::string>("until");
    while (!until.empty() && !std::filesystem::exists(until)) {
      co_await context.sleep(std::chrono::milliseconds(10));
    }
    context.log("done " + context.get<std::string>("text"));
    co_return json();
  }
  task<> undo(CommandContext& context) override {
    context.log(SILEX_LOG_WARNING, "undone " + context.get<std::string>("text"));
    co_return;
  }
};

// Fails until it is told not to.
struct Fail : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "page.Fail", "parameters": {"fail": {"type": "bool", "value": true, "label": "Fail"}}})";
  task<json> execute(CommandContext& context) override {
    if (context.get<bool>("fail")) {
      throw silex::Error(SILEX_ERROR_EXCEPTION, "it broke", "Traceback of <b>it</b>\nit broke & fell");
    }
    co_return json();
  }
};

// Holds the loop, which no command may, until its file is there.
struct Hold : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "page.Hold", "parameters": {"until": {"type": "Path", "value": ""}}})";
  task<json> execute(CommandContext& context) override {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!std::filesystem::exists(context.get<std::string>("until"))) {
      if (std::chrono::steady_clock::now() > end) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    co_return json();
  }
};

}  // namespace

SILEX_COMMAND_PACK(page, "1.0", Ask, Work, Fail, Hold)
