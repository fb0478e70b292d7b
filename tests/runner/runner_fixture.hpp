// Actions on a real runtime, from definitions that the tests write.
#pragma once

#include "connection_test.hpp"

#include <silex/action.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace silex::test {

class RunnerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("silex_runner_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder / "action");
    ASSERT_EQ(silex_plugin_load(runtime.handle(), SILEX_TEST_PACK, nullptr), SILEX_OK)
        << silex_last_error()->message;
    runtime.start();
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  void define(const std::string& name, const std::string& text) const {
    std::ofstream(folder / "action" / (name + ".yml")) << text;
  }
  // An action of one step with these commands: "name: {path: ..., parameters: ...}" a line.
  void define_commands(const std::string& name, const std::vector<std::string>& commands) const {
    std::string text = name + ":\n  steps:\n    step:\n      commands:\n";
    for (const std::string& command : commands) text += "        " + command + "\n";
    define(name, text);
  }
  ActionOptions with(ActionOptions options = {}) const {
    options.roots = folder.string();
    return options;
  }
  std::unique_ptr<Action> open(const std::string& name, ActionOptions options = {}) {
    return std::make_unique<Action>(runtime.context(), name, with(std::move(options)));
  }
  // What a command of "step" is now.
  static json command(const Action& action, const std::string& name, const std::string& step = "step") {
    return action.read()["steps"][step]["commands"][name];
  }
  // Deferred calls go on meanwhile.
  template <typename Condition>
  bool eventually(Condition condition) {
    return test::eventually([&] {
      if (runtime.is_running()) runtime.drain();
      return condition();
    });
  }
  bool becomes(const Action& action, const std::string& name, int status) {
    return eventually([&] { return command(action, name)["status"] == status; });
  }
  static json answer_to(const std::string& name, const json& parameters) {
    json diff;
    for (const auto& [key, value] : parameters.items()) {
      diff["steps"]["step"]["commands"][name]["parameters"][key]["value"] = value;
    }
    return diff;
  }
  // What on_change tells, as who watches takes it.
  static void take(json& known, const json& change) {
    if (change.contains("name")) {
      known = change;
    } else {
      known.update(change, true);
    }
  }
  // The lines that commands of test_commands.cpp wrote, in order.
  std::vector<std::string> traced() {
    std::vector<std::string> lines;
    for (const std::string& line : log.wait_for(0)) {
      if (line.starts_with("do ") || line.starts_with("undo ")) lines.push_back(line);
    }
    return lines;
  }

  static constexpr int kCompleted = 0;
  static constexpr int kInitialized = 1;
  static constexpr int kWaiting = 2;
  static constexpr int kProcessing = 3;
  static constexpr int kInvalid = 4;
  static constexpr int kError = 5;

  Lines log;
  std::filesystem::path folder;
  Runtime runtime{{.log = [this](silex_log_level, std::string_view line) { log.add(std::string(line)); }}};
};

}  // namespace silex::test
