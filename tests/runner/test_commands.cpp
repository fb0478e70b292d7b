// The commands of the tests. What they do can be read in the runtime's log.
#include <silex/command.hpp>

#include <chrono>
#include <filesystem>
#include <thread>

namespace {

using silex::CommandContext;
using silex::json;
using silex::task;

// Says "do text", "undo text", and "end text" where it is cancelled.
struct Trace : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "test.Trace", "aliases": ["old.trace"], "parameters": {
    "text": {"type": "str", "value": ""}, "fail": {"type": "bool", "value": false},
    "fail_undo": {"type": "bool", "value": false}, "hang": {"type": "bool", "value": false},
    "number": {"type": "int", "value": 1}}})";
  task<json> execute(CommandContext& context) override {
    say(context, "do ");
    if (context.get<bool>("hang")) {
      try {
        co_await context.sleep(std::chrono::hours(1));
      } catch (const silex::Cancelled&) {
        say(context, "end ");
        throw;
      }
    }
    if (context.get<bool>("fail")) throw silex::Error(SILEX_ERROR_EXCEPTION, "it broke", "line 1\nline 2");
    json output;
    output["text"] = context.parameters()["text"];
    output["number"] = context.parameters()["number"];
    co_return output;
  }
  task<> undo(CommandContext& context) override {
    if (context.get<bool>("fail_undo")) throw std::runtime_error("it can't be undone");
    say(context, "undo ");
    co_return;
  }
  static void say(CommandContext& context, const std::string& what) {
    context.context().log(SILEX_LOG_INFO, what + context.get<std::string>("text"));
  }
};

// Says what is no UTF-8, as the name of a file may be.
struct Garble : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Garble"})";
  task<json> execute(CommandContext& context) override {
    context.log("read g\xe9o.abc");
    throw silex::Error(SILEX_ERROR_EXCEPTION, "no file g\xe9o.abc", "line \xe9");
    co_return nullptr;
  }
};

// Needs a value.
struct Need : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "test.Need", "parameters": {"value": {"type": "int"}, "anything": {"type": "any"}}})";
  task<json> execute(CommandContext& context) override {
    context.context().log(SILEX_LOG_INFO, "got " + context.parameters().dump());
    co_return context.parameters()["value"];
  }
};

// Holds the loop, as no command may, until its file is there.
struct Hold : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "test.Hold", "parameters": {"until": {"type": "str"}}})";
  task<json> execute(CommandContext& context) override {
    const auto until = context.get<std::string>("until");
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!std::filesystem::exists(until) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    co_return json();
  }
};

// Its second parameter follows the first one.
struct Adapt : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Adapt", "ask_user": true, "parameters": {
    "first": {"type": "str", "value": "a"}, "second": {"type": "str", "value": ""}}})";
  task<> setup(CommandContext& context) override {
    json change;
    change["parameters"]["second"]["value"] = context.get<std::string>("first") + "!";
    change["tooltip"] = "set up";
    context.edit(change);
    co_return;
  }
  task<json> execute(CommandContext& context) override { co_return context.parameters(); }
};

// Its setup() fails, hangs or waits for the main thread where the user answers so.
struct Moody : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Moody", "ask_user": true, "parameters": {
    "mood": {"type": "str", "value": ""}}})";
  task<> setup(CommandContext& context) override {
    const auto mood = context.get<std::string>("mood");
    if (mood == "fail") throw silex::Error(SILEX_ERROR_EXCEPTION, "not in that mood");
    if (mood != "hang" && mood != "wait") co_return;
    context.context().log(SILEX_LOG_INFO, "in setup: " + mood);
    if (mood == "hang") co_await context.sleep(std::chrono::hours(1));
    const auto nothing = [] {};
    co_await context.main_thread(nothing);
  }
  task<json> execute(CommandContext& context) override { co_return context.parameters()["mood"]; }
};

struct Metadata : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Metadata", "metadata": ["project"]})";
  task<json> execute(CommandContext& context) override { co_return context.metadata()["project"]; }
};

// Asks in the middle of its work.
struct Ask : silex::Command {
  static constexpr const char* declaration =
      R"({"path": "test.Ask", "parameters": {"own": {"type": "str", "value": "x"}}})";
  task<json> execute(CommandContext& context) override {
    json question;
    question["name"]["type"] = "str";
    question["count"]["type"] = "int";
    question["count"]["value"] = 3;
    json answer = co_await context.prompt(question);
    answer["own"] = context.parameters()["own"];
    co_return answer;
  }
};

struct BadAsk : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.BadAsk"})";
  task<json> execute(CommandContext& context) override {
    json question;
    question["name"]["type"] = "strange";
    co_return co_await context.prompt(question);
  }
};

struct RunOther : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.RunOther", "parameters": {
    "name": {"type": "str"}, "parameters": {"type": "any", "value": {}}}})";
  task<json> execute(CommandContext& context) override {
    const silex::ActionRequest request{
        context.get<std::string>("name"), {}, context.parameters()["parameters"]};
    co_return co_await context.run_action(request);
  }
};

// Inserts these actions; hangs after so many of them.
struct Insert : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Insert", "parameters": {
    "names": {"type": "list"}, "hang_after": {"type": "int"}}})";
  task<json> execute(CommandContext& context) override {
    int count = 0;
    for (const json& name : context.parameters()["names"]) {
      if (count++ == context.get<int>("hang_after")) co_await context.sleep(std::chrono::hours(1));
      const silex::ActionRequest request{name.get<std::string>()};
      co_await context.insert_action(request);
    }
    co_return json();
  }
};

// On the main thread, on a worker and on the loop.
struct Threads : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Threads"})";
  task<json> execute(CommandContext& context) override {
    const auto thread = [&] { return static_cast<int>(context.context().current_thread()); };
    json threads = json::array();
    threads.push_back(co_await context.main_thread(thread));
    threads.push_back(co_await context.worker(thread));
    threads.push_back(thread());
    co_return threads;
  }
};

// Tells of its progress from a worker.
struct Progress : silex::Command {
  static constexpr const char* declaration = R"({"path": "test.Progress"})";
  task<json> execute(CommandContext& context) override {
    const auto work = [&] {
      for (int percent = 0; percent <= 80; ++percent) context.progress(percent);
      context.log(SILEX_LOG_DEBUG, "nobody sees this");
      context.log("half-way");
    };
    co_await context.worker(work);
    co_return nullptr;
  }
};

}  // namespace

SILEX_COMMAND_PACK(test, "1.0", Trace, Garble, Need, Adapt, Moody, Metadata, Ask, BadAsk, RunOther, Insert,
                   Threads, Progress, Hold)
