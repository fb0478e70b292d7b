// The built-in commands in actions, and packs of commands.
#include "runner_fixture.hpp"

#include <atomic>
#include <cstdlib>
#include <latch>
#include <sstream>
#include <thread>

namespace silex::test {
namespace {

// A runtime with one worker and one place in its queue.
class Narrow {
 public:
  Narrow() { runtime.start(); }
  // The worker does nothing else until it is let go, or until the runtime stops.
  void hold_worker() {
    runtime.spawn("hold", [this](Context context) -> task<> {
      const auto hold = [this](StopToken stop) {
        held_.count_down();
        while (!let_go && !stop.stop_requested()) std::this_thread::yield();
      };
      co_await context.worker(hold);
    });
    held_.wait();
  }
  void fill_queue() {
    runtime.spawn("fill", [](Context context) -> task<> { co_await context.worker([] {}); });
    pass_loop();
  }
  // What was asked of the loop before has been done.
  void pass_loop() {
    runtime.spawn("pass", [](Context) -> task<> { co_return; }).get();
  }

  std::atomic<bool> let_go{false};

 private:
  std::latch held_{1};

 public:
  Runtime runtime{{.workers = 1, .worker_queue = 1}};  // ends first
};

class Commands : public RunnerTest {
 protected:
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder / name).rdbuf();
    return text.str();
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder / name).string(); }
  // All files below, with what is in them.
  [[nodiscard]] json tree(const std::string& name) const {
    json files = json::object();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / name)) {
      const std::string path = std::filesystem::relative(entry.path(), folder).string();
      files[path] = entry.is_directory() ? "" : read(path);
    }
    return files;
  }
  // Closes an action that has put in/a.txt aside, while no worker has time for it, nor, if `is_full`, a
  // place.
  void close_without_a_worker(Narrow& narrow, bool is_full) {
    write("in/a.txt", "a");
    define_commands("remove", {"a: {path: silex.Remove, parameters: {file_path: '" + at("in/a.txt") + "'}}"});
    auto action = std::make_unique<Action>(narrow.runtime.context(), "remove", with());
    ASSERT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
    narrow.hold_worker();
    if (is_full) narrow.fill_queue();
    action.reset();
    narrow.pass_loop();
    EXPECT_FALSE(std::filesystem::is_empty(folder / "in")) << "the loop has closed the action, and goes on";
  }
};

TEST_F(Commands, StoredValuesPassFromCommandToCommand) {
  define_commands("store", {"a: {path: silex.SetStoredValue, parameters: {key: 'shot:name', value: sh010}}",
                            "b: {path: silex_client.commands.get_stored_value.GetStoredValue, parameters: "
                            "{key: 'shot', key_suffix: ':name'}}",
                            "c: {path: silex.Pass, parameters: {input: !command-output 'step:b:value'}}"});
  const auto action = open("store");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(outcome.outputs["step"]["b"]["value"], "sh010");
  EXPECT_EQ(outcome.outputs["step"]["c"], "sh010");
}

TEST_F(Commands, ExitStepSkipsTheRestOfItsStepUntilItIsUndone) {
  define("leave", R"(leave:
  steps:
    step: {index: 1, commands: {a: {path: silex.ExitStep}, b: {path: test.Trace, parameters: {text: b}}}}
    next: {index: 2, commands: {c: {path: test.Trace, parameters: {text: c}}}}
)");
  const auto action = open("leave");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_THAT(traced(), ElementsAre("do c"));
  action->undo(true).wait();
  EXPECT_EQ(command(*action, "b")["skip"], false);
}

TEST_F(Commands, InsertAddsStepsThatGoWithTheUndo) {
  define("inner", R"(inner:
  steps:
    step: {index: 1, commands: {x: {path: test.Trace, parameters: {text: x}}, y: {path: test.Trace, parameters: {text: !command-output 'step:x:text'}}}}
)");
  define("outer", R"(outer:
  steps:
    step: {index: 1, commands: {a: {path: silex.InsertAction, parameters: {action: inner, parameter: 'step:x:text', value: told, output: 'step:y:text'}}}}
    after: {index: 2, commands: {z: {path: test.Trace, parameters: {text: !command-output 'step:a'}}}}
)");
  const auto action = open("outer");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_THAT(traced(), ElementsAre("do told", "do told", "do told"));
  EXPECT_EQ(outcome.outputs["step"]["a"], "told");
  EXPECT_EQ(action->read()["steps"].size(), 3u);
  action->undo(true).wait();
  EXPECT_EQ(action->read()["steps"].size(), 2u);
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED) << "once more";
}

// What it inserts names an output that is not there, so that it fails after it has inserted.
TEST_F(Commands, AnInsertThatFailedAndIsTriedAgainInsertsOnce) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x}}"});
  define_commands("outer", {"a: {path: silex.InsertAction, parameters: {action: inner, output: 'none:x'}}"});
  const auto action = open("outer");
  for (int attempt = 0; attempt < 3; ++attempt) {
    EXPECT_THAT(action->execute().wait().message, HasSubstr("'none'"));
    EXPECT_EQ(action->read()["steps"].size(), 2u);
  }
  action->set("step:a:output", "step:x");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_THAT(traced(), ElementsAre("do x"));
  EXPECT_EQ(action->undo(true).wait().end, SILEX_ACTION_UNDONE);
  EXPECT_EQ(action->read()["steps"].size(), 1u);
}

TEST_F(Commands, AnInsertThatFailedAndIsSkippedThenLeavesNothing) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x}}"});
  define_commands("outer", {"a: {path: silex.InsertAction, parameters: {action: inner, output: 'none:x'}}"});
  const auto action = open("outer");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_FAILED);
  action->skip("a");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_THAT(traced(), ElementsAre());
}

TEST_F(Commands, IterateRunsOneActionPerItemInOrder) {
  define("inner", R"(inner:
  steps:
    step: {index: 1, commands: {x: {path: test.Trace, parameters: {text: ''}}}}
)");
  define_commands("outer",
                  {"a: {path: silex.IterateAction, parameters: {actions: [inner], values: [one, two, three], "
                   "parameter: 'step:x:text', output: 'step:x:text', hide_threshold: 2}}"});
  const auto action = open("outer");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_THAT(traced(), ElementsAre("do one", "do two", "do three"));
  EXPECT_EQ(outcome.outputs["step"]["a"], json::array({"one", "two", "three"}));
}

// As an iteration that is cancelled between two items.
TEST_F(Commands, AnInsertThatWasCancelledHalfWayAndGoesOnInsertsOnce) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x}}"});
  define_commands("outer", {"a: {path: test.Insert, parameters: {names: [inner, inner], hang_after: 1}}",
                            "b: {path: test.Trace, parameters: {text: b}}"});
  const auto action = open("outer");
  auto run = action->execute();
  ASSERT_TRUE(eventually([&] { return action->read()["steps"].size() == 2; }));
  action->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
  EXPECT_EQ(command(*action, "a")["status"], kInitialized);
  action->set("hang_after", 3);
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_THAT(traced(), ElementsAre("do b", "do x", "do x"));
  EXPECT_EQ(action->read()["steps"].size(), 3u);
}

TEST_F(Commands, FilesAreCopiedAndAllOfItIsUndone) {
  write("src/a.txt", "new a");
  write("src/deep/b.txt", "new b");
  write("dst/src/a.txt", "old a");
  write("dst/other.txt", "other");
  const json before = tree("dst");
  define_commands("copy", {"a: {path: silex.Copy, parameters: {src: '" + at("src") + "', dst: '" + at("dst") +
                           "', force: true}}"});
  const auto action = open("copy");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(read("dst/src/deep/b.txt"), "new b");
  EXPECT_EQ(read("src/a.txt"), "new a");
  EXPECT_EQ(action->undo().wait().end, SILEX_ACTION_UNDONE);
  EXPECT_EQ(tree("dst"), before);
  EXPECT_EQ(read("src/a.txt"), "new a");
}

TEST_F(Commands, AMissingSourceIsNamedAndNothingIsDone) {
  write("src/a.txt", "a");
  define_commands("copy", {"a: {path: silex.Copy, parameters: {src: ['" + at("src/a.txt") + "', '" +
                           at("src/none.txt") + "'], dst: '" + at("dst") + "'}}"});
  const ActionOutcome outcome = open("copy")->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_THAT(outcome.message, HasSubstr(at("src/none.txt")));
  EXPECT_FALSE(std::filesystem::exists(folder / "dst"));
}

TEST_F(Commands, AConflictAsksAndKeepsWhatIsThere) {
  write("src/a.txt", "new");
  write("dst/a.txt", "old");
  define_commands("copy", {"a: {path: silex.Copy, parameters: {src: '" + at("src/a.txt") + "', dst: '" +
                           at("dst") + "'}}"});
  const auto action = open("copy");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  EXPECT_EQ(command(*action, "a")["parameters"]["name"]["hide"], true) << "only for a new name";
  action->answer(answer_to("a", {{"conflict_behaviour", 2}}));
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_EQ(read("dst/a.txt"), "old");
  EXPECT_EQ(read("src/a.txt"), "new");
}

TEST_F(Commands, AConflictIsSolvedByANewName) {
  write("src/a.txt", "new");
  write("dst/a.txt", "old");
  define_commands("copy", {"a: {path: silex.Copy, parameters: {src: '" + at("src/a.txt") + "', dst: '" +
                           at("dst") + "'}}"});
  const auto action = open("copy");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  json asking = answer_to("a", {{"conflict_behaviour", 4}});
  asking["steps"]["step"]["commands"]["a"]["ask_user"] = true;
  action->answer(asking);
  ASSERT_TRUE(eventually([&] { return command(*action, "a")["parameters"]["name"]["hide"] == false; }));
  action->answer(answer_to("a", {{"conflict_behaviour", 4}, {"name", "b.txt"}}));
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_EQ(read("dst/a.txt"), "old");
  EXPECT_EQ(read("dst/b.txt"), "new");
}

TEST_F(Commands, AlwaysOverrideAsksOnce) {
  for (const char* const name : {"a.txt", "b.txt"}) {
    write(std::string("src/") + name, "new");
    write(std::string("dst/") + name, "old");
  }
  define_commands("copy", {"a: {path: silex.Copy, parameters: {src: ['" + at("src/a.txt") + "', '" +
                           at("src/b.txt") + "'], dst: '" + at("dst") + "'}}"});
  const auto action = open("copy");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(answer_to("a", {{"conflict_behaviour", 1}}));
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_EQ(read("dst/a.txt") + read("dst/b.txt"), "newnew");
  EXPECT_EQ(action->undo().wait().end, SILEX_ACTION_UNDONE);
  EXPECT_EQ(read("dst/a.txt") + read("dst/b.txt"), "oldold");
}

TEST_F(Commands, MoveRenameRemoveAndFoldersAreUndone) {
  write("in/a.txt", "a");
  write("in/b.txt", "b");
  write("in/c/d.txt", "d");
  const json before = tree("in");
  define_commands(
      "files",
      {"move: {path: silex.Move, parameters: {src: '" + at("in/a.txt") + "', dst: '" + at("in/new") + "'}}",
       "rename: {path: silex.Rename, parameters: {src: '" + at("in/b.txt") + "', name: renamed}}",
       "remove: {path: silex.Remove, parameters: {file_path: '" + at("in/c") + "'}}",
       "make: {path: silex.MakeDirectories, parameters: {path: '" + at("in/x/y") + "'}}"});
  const auto action = open("files");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(read("in/new/a.txt"), "a");
  EXPECT_EQ(read("in/renamed.txt"), "b");
  EXPECT_FALSE(std::filesystem::exists(folder / "in/c"));
  EXPECT_TRUE(std::filesystem::is_directory(folder / "in/x/y"));
  EXPECT_EQ(action->undo(true).wait().end, SILEX_ACTION_UNDONE);
  EXPECT_EQ(tree("in"), before);
}

TEST_F(Commands, WhatWasSetAsideGoesWhenTheActionIsClosed) {
  write("in/a.txt", "a");
  define_commands("remove", {"a: {path: silex.Remove, parameters: {file_path: '" + at("in/a.txt") + "'}}"});
  auto action = open("remove");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  action.reset();
  EXPECT_TRUE(eventually([&] { return std::filesystem::is_empty(folder / "in"); }));
}

TEST_F(Commands, WhatWasSetAsideIsRemovedByAWorkerAndNotByTheLoop) {
  for (const bool is_full : {false, true}) {
    Narrow narrow;
    close_without_a_worker(narrow, is_full);
    narrow.let_go = true;
    EXPECT_TRUE(eventually([&] { return std::filesystem::is_empty(folder / "in"); }));
  }
}

TEST_F(Commands, WhatWasSetAsideAndWaitsForAWorkerGoesWhenTheRuntimeStops) {
  for (const bool is_full : {false, true}) {
    Narrow narrow;
    close_without_a_worker(narrow, is_full);
    narrow.runtime.stop();
    EXPECT_TRUE(std::filesystem::is_empty(folder / "in"));
  }
}

TEST_F(Commands, WhatWasSetAsideGoesWhenTheRuntimeStopsWithItsActionOpen) {
  write("in/a.txt", "a");
  define_commands("remove", {"a: {path: silex.Remove, parameters: {file_path: '" + at("in/a.txt") + "'}}"});
  const auto action = open("remove");
  ASSERT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  runtime.stop();
  EXPECT_TRUE(std::filesystem::is_empty(folder / "in"));
}

TEST_F(Commands, AProcessWritesToTheLogAndItsFailureIsSaid) {
  define_commands(
      "fine", {"a: {path: silex.RunProcess, parameters: {command: [sh, -c, 'echo hello; echo oops >&2']}}"});
  define_commands("wrong", {"a: {path: silex.RunProcess, parameters: {command: [sh, -c, 'exit 3']}}"});
  define_commands("none", {"a: {path: silex.RunProcess, parameters: {command: [there_is_no_such_program]}}"});
  const auto action = open("fine");
  EXPECT_EQ(action->execute().wait().outputs["step"]["a"]["exit_code"], 0);
  EXPECT_THAT(command(*action, "a")["logs"].dump(), HasSubstr("hello"));
  EXPECT_THAT(command(*action, "a")["logs"].dump(), HasSubstr("oops"));
  EXPECT_THAT(open("wrong")->execute().wait().message, HasSubstr("3"));
  EXPECT_THAT(open("none")->execute().wait().message, HasSubstr("there_is_no_such_program"));
}

TEST_F(Commands, AProcessIsKilledOnCancel) {
  define_commands("long",
                  {"a: {path: silex.RunProcess, parameters: {command: [sh, -c, 'echo begun; sleep 1000']}}"});
  const auto action = open("long");
  auto run = action->execute();
  ASSERT_TRUE(
      eventually([&] { return command(*action, "a")["logs"].dump().find("begun") != std::string::npos; }));
  action->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
}

TEST_F(Commands, EnvironmentIsSetAndRestored) {
  define_commands(
      "environment",
      {"a: {path: silex.SetEnvironment, parameters: {variables: {value: {SILEX_TEST_VARIABLE: told}}}}"});
  const auto action = open("environment");
  ASSERT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_STREQ(std::getenv("SILEX_TEST_VARIABLE"), "told");
  action->undo().wait();
  EXPECT_EQ(std::getenv("SILEX_TEST_VARIABLE"), nullptr);
}

TEST_F(Commands, LogAndWaitDoWhatTheySay) {
  define_commands("say", {"a: {path: silex.Log, parameters: {message: hello, level: warning}}",
                          "b: {path: silex.Wait, parameters: {seconds: 0.01}}"});
  const auto action = open("say");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(command(*action, "a")["logs"][0], (json{{"level", "WARNING"}, {"message", "hello"}}));
}

TEST_F(Commands, AllAreDeclared) {
  std::string text(1 << 16, '\0');
  std::uint64_t length = 0;
  ASSERT_EQ(silex_commands_read(runtime.handle(), text.data(), text.size(), &length), SILEX_OK);
  ASSERT_LT(length, text.size());
  std::vector<std::string> paths;
  for (const json& declaration : json::parse(text.substr(0, length))) paths.push_back(declaration["path"]);
  EXPECT_THAT(paths, ::testing::IsSupersetOf({"silex.Copy", "silex.Log", "silex.RunProcess", "test.Trace"}));
}

TEST_F(Commands, APackInCUsesAllThatAnExecutionHas) {
  runtime.stop();
  ASSERT_EQ(silex_plugin_load(runtime.handle(), SILEX_TEST_C_PACK, nullptr), SILEX_OK)
      << silex_last_error()->message;
  runtime.start();
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x}}"});
  define_commands("c", {"a: {path: c.All}", "b: {path: test.Trace, parameters: {text: b}}"});
  define_commands("wait", {"a: {path: c.Wait}"});
  const auto action = open("c");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(outcome.outputs["step"]["a"], (json{{"step", "step_2"}})) << "the inserted step's name";
  EXPECT_EQ(command(*action, "a")["label"], "Edited in C");
  EXPECT_EQ(action->read()["steps"]["step_2"]["label"], "From C");
  EXPECT_THAT(traced(), ElementsAre("do x", "do x")) << "run, then inserted; the step's rest was left";
  EXPECT_EQ(action->undo(true).wait().end, SILEX_ACTION_UNDONE);
  EXPECT_THAT(traced(), ElementsAre("do x", "do x", "undo x", "undo x", "undo c"));
  const auto waiting = open("wait");
  auto run = waiting->execute();
  ASSERT_TRUE(log.has("waits"));
  waiting->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
}

TEST_F(Commands, APackStaysWhileTheRuntimeRuns) {
  silex_plugin_handle* pack = nullptr;
  runtime.stop();
  ASSERT_EQ(silex_plugin_load(runtime.handle(), SILEX_TEST_PACK, &pack), SILEX_OK);
  runtime.start();
  EXPECT_EQ(silex_plugin_unload(runtime.handle(), pack), SILEX_ERROR_PLUGIN_BUSY);
  runtime.stop();
  EXPECT_EQ(silex_plugin_unload(runtime.handle(), pack), SILEX_OK);
  runtime.start();
  define_commands("gone", {"a: {path: test.Trace}"});
  EXPECT_THROW(open("gone"), Error);
}

}  // namespace
}  // namespace silex::test
