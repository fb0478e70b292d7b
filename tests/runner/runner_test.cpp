#include "runner_fixture.hpp"

#include <algorithm>
#include <future>

namespace silex::test {
namespace {

using Runner = RunnerTest;

TEST_F(Runner, RunsStepsByIndexAndCommandsInOrder) {
  define("publish", R"(publish:
  steps:
    second: {index: 20, commands: {c: {path: test.Trace, parameters: {text: c}}}}
    first: {index: 10, commands: {a: {path: test.Trace, parameters: {text: a}}, b: {path: old.trace, parameters: {text: b}}}}
)");
  const auto action = open("publish");
  const ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_THAT(traced(), ElementsAre("do a", "do b", "do c"));
  EXPECT_EQ(outcome.outputs["first"]["b"], (json{{"text", "b"}, {"number", 1}}));
  EXPECT_EQ(action->read()["status"], kCompleted);
}

TEST_F(Runner, SetChangesAParameterAndCastsIt) {
  define_commands("set", {"a: {path: test.Trace}"});
  const auto action = open("set");
  action->set("number", "42");
  action->set("step:a:text", "told");
  EXPECT_EQ(action->execute().wait().outputs["step"]["a"], (json{{"text", "told"}, {"number", 42}}));
  try {
    action->set("number", "many");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), SILEX_ERROR_INVALID_ARGUMENT);
    EXPECT_THAT(error.what(), HasSubstr("'number' is the text 'many'"));
  }
  EXPECT_THROW(action->set("nobody", 1), Error);
}

TEST_F(Runner, ADefinitionThatIsWrongSaysWhere) {
  define_commands("wrong", {"a: {path: test.Trase}", "b: {path: test.Trace, parameters: {number: many}}"});
  try {
    open("wrong");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_THAT(error.detail(), HasSubstr("wrong.yml:5:"));
    EXPECT_THAT(error.detail(), HasSubstr("did you mean 'test.Trace'?"));
    EXPECT_THAT(error.detail(), HasSubstr("wrong.yml:6:"));
  }
}

TEST_F(Runner, AnOutputGoesToAnotherCommandsParameter) {
  define_commands("outputs", {"a: {path: test.Trace, parameters: {text: hello, number: 7}}",
                              "b: {path: test.Trace, parameters: {text: !command-output 'step:a:text'}}",
                              "c: {path: test.Need, parameters: {value: !command-output 'a:number'}}",
                              "d: {path: test.Need, parameters: {value: !command-output 'step:a:number'}}"});
  define_commands(
      "later", {"a: {path: test.Need, parameters: {value: !command-output 'b'}}", "b: {path: test.Trace}"});
  const auto action = open("later");
  const ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_EQ(outcome.command, "step:a");
  EXPECT_EQ(outcome.message, "the parameter 'value' is the output of 'b', which has not run");
  EXPECT_EQ(command(*action, "a")["status"], kInvalid);
}

TEST_F(Runner, AnOutputWithKeysIsCast) {
  define_commands("outputs", {"a: {path: test.Trace, parameters: {text: hello, number: 7}}",
                              "b: {path: test.Trace, parameters: {text: !command-output 'step:a:text'}}",
                              "c: {path: test.Trace, parameters: {text: !command-output 'step:a:number'}}",
                              "d: {path: test.Need, parameters: {value: !command-output 'step:a:text'}}"});
  const ActionOutcome outcome = open("outputs")->execute().wait();
  EXPECT_THAT(traced(), ElementsAre("do hello", "do hello", "do 7"));
  EXPECT_EQ(outcome.command, "step:d") << "text is no number";
}

TEST_F(Runner, AFailureStopsItsActionAndOnlyIt) {
  define_commands("broken", {"a: {path: test.Trace, parameters: {text: a}}",
                             "b: {path: test.Trace, parameters: {text: b, fail: true}}",
                             "c: {path: test.Trace, parameters: {text: c}}"});
  define_commands("fine", {"a: {path: test.Trace, parameters: {text: fine}}"});
  const auto broken = open("broken");
  const auto fine = open("fine");
  auto failing = broken->execute();
  auto running = fine->execute();
  const ActionOutcome outcome = failing.wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_EQ(outcome.command, "step:b");
  EXPECT_EQ(outcome.message, "it broke");
  EXPECT_EQ(outcome.detail, "line 1\nline 2");
  EXPECT_EQ(command(*broken, "b")["status"], kError);
  EXPECT_EQ(command(*broken, "b")["logs"].back(),
            (json{{"level", "TRACEBACK"}, {"message", "line 1\nline 2"}}));
  EXPECT_EQ(command(*broken, "c")["status"], kInitialized);
  EXPECT_EQ(broken->read()["status"], kError);
  EXPECT_EQ(running.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Runner, AFailedActionGoesOnWhereItFailed) {
  define_commands("again", {"a: {path: test.Trace, parameters: {text: a}}",
                            "b: {path: test.Trace, parameters: {text: b, fail: true}}"});
  const auto action = open("again");
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_FAILED);
  action->set("b:fail", false);
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_THAT(traced(), ElementsAre("do a", "do b", "do b"));
}

TEST_F(Runner, UndoTakesBackTheLastCommandOrAll) {
  define_commands(
      "undo", {"a: {path: test.Trace, parameters: {text: a}}", "b: {path: test.Trace, parameters: {text: b}}",
               "c: {path: test.Trace, parameters: {text: c}}"});
  const auto action = open("undo");
  action->execute().wait();
  EXPECT_EQ(action->undo().wait().end, SILEX_ACTION_UNDONE);
  EXPECT_EQ(command(*action, "c")["status"], kInitialized);
  EXPECT_EQ(command(*action, "b")["status"], kCompleted);
  EXPECT_EQ(action->read()["status"], kProcessing) << "some are completed";
  action->undo(true).wait();
  EXPECT_EQ(action->read()["status"], kInitialized);
  action->execute().wait();
  EXPECT_THAT(traced(),
              ElementsAre("do a", "do b", "do c", "undo c", "undo b", "undo a", "do a", "do b", "do c"));
}

TEST_F(Runner, WhatFailedHalfWayIsUndoneToo) {
  define_commands("half", {"a: {path: test.Trace, parameters: {text: a, fail: true}}"});
  const auto action = open("half");
  action->execute().wait();
  action->undo().wait();
  EXPECT_THAT(traced(), ElementsAre("do a", "undo a"));
  EXPECT_EQ(command(*action, "a")["status"], kInitialized);
}

TEST_F(Runner, AnUndoThatFailsIsAnErrorOfItsCommand) {
  define_commands("stuck", {"a: {path: test.Trace, parameters: {text: a}}",
                            "b: {path: test.Trace, parameters: {fail_undo: true}}"});
  const auto action = open("stuck");
  action->execute().wait();
  const ActionOutcome outcome = action->undo(true).wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_EQ(outcome.message, "it can't be undone");
  EXPECT_EQ(command(*action, "b")["status"], kError);
  EXPECT_EQ(command(*action, "a")["status"], kCompleted);
}

TEST_F(Runner, ACancelEndsWhatRuns) {
  define_commands("long", {"a: {path: test.Trace, parameters: {text: a, hang: true}}",
                           "b: {path: test.Trace, parameters: {text: b}}"});
  const auto action = open("long");
  auto run = action->execute();
  ASSERT_TRUE(log.has("do a"));
  action->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
  EXPECT_EQ(command(*action, "a")["status"], kInitialized);
  EXPECT_EQ(command(*action, "a")["logs"].back()["message"], "cancelled");
  EXPECT_EQ(action->undo().wait().end, SILEX_ACTION_UNDONE);
  EXPECT_THAT(traced(), ElementsAre("do a", "undo a"));
}

TEST_F(Runner, AnUndoCancelsWhatRunsFirst) {
  define_commands("long", {"a: {path: test.Trace, parameters: {text: a}}",
                           "b: {path: test.Trace, parameters: {text: b, hang: true}}"});
  const auto action = open("long");
  auto run = action->execute();
  ASSERT_TRUE(log.has("do b"));
  auto undo = action->undo(true);
  EXPECT_EQ(undo.wait().end, SILEX_ACTION_UNDONE);
  EXPECT_TRUE(run.has_ended());
  EXPECT_THAT(traced(), ElementsAre("do a", "do b", "undo b", "undo a"));
}

TEST_F(Runner, ACloseCancelsWhatRunsAndTheRuntimeStopsInTheMiddle) {
  define_commands("long", {"a: {path: test.Trace, parameters: {text: a, hang: true}}"});
  auto closed = open("long");
  closed->execute();
  ASSERT_TRUE(log.has("do a"));  // what has not begun would have nothing to end
  closed.reset();
  EXPECT_TRUE(log.has("end a"));
  const auto stopped = open("long");
  stopped->execute();
  ASSERT_TRUE(becomes(*stopped, "a", kProcessing));
  runtime.stop();
  EXPECT_FALSE(runtime.is_running());
}

TEST_F(Runner, ASecondExecuteIsRefusedWhileItRuns) {
  define_commands("long", {"a: {path: test.Trace, parameters: {hang: true}}"});
  const auto action = open("long");
  auto run = action->execute();
  try {
    action->execute();
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), SILEX_ERROR_BUSY);
  }
  action->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
}

TEST_F(Runner, StepByStepWaitsAfterEachCommand) {
  define_commands("steps", {"a: {path: test.Trace, parameters: {text: a}}",
                            "b: {path: test.Trace, parameters: {text: b}}",
                            "c: {path: test.Trace, parameters: {text: c}}"});
  ActionOptions options;
  options.step_by_step = true;
  const auto action = open("steps", options);
  auto run = action->execute();
  for (const char* const name : {"a", "b"}) {
    ASSERT_TRUE(becomes(*action, name, kCompleted));
    ASSERT_TRUE(eventually([&] { return action->read()["execution_type"] == 0; }));
    EXPECT_FALSE(run.has_ended());
    action->resume();
  }
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Runner, ACommandThatHoldsTheLoopFromItsFirstInstructionIsNamed) {
  const std::string until = (folder / "free").string();
  define_commands("hold", {"a: {path: test.Hold, label: Greedy, parameters: {until: '" + until + "'}}"});
  const auto action = open("hold");
  auto run = action->execute();
  EXPECT_TRUE(eventually([&] {
    const auto lines = log.wait_for(0);
    return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
      return line.starts_with("the event loop is held by 'Hold: Greedy'");
    });
  }));
  std::ofstream(until) << "";
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Runner, APauseHoldsTheNextCommand) {
  define_commands("pause", {"a: {path: test.Need}", "b: {path: test.Trace, parameters: {text: b}}"});
  const auto action = open("pause");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->pause();
  action->answer(answer_to("a", {{"value", 1}}));
  ASSERT_TRUE(becomes(*action, "a", kCompleted));
  ASSERT_TRUE(eventually([&] { return action->read()["execution_type"] == 0; }));
  EXPECT_EQ(command(*action, "b")["status"], kInitialized);
  action->resume();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Runner, ASkippedCommandCountsAsCompleted) {
  define_commands("skip", {"a: {path: test.Trace, skip: true, parameters: {text: a}}", "b: {path: test.Need}",
                           "c: {path: test.Trace, parameters: {text: c}}"});
  const auto action = open("skip");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "b", kWaiting));
  action->skip("step:b");
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_THAT(traced(), ElementsAre("do c"));
  EXPECT_EQ(action->read()["status"], kCompleted);
  EXPECT_THROW(action->skip("c"), Error) << "it has run";
  EXPECT_THROW(action->skip("nobody"), Error);
  action->undo().wait();
  EXPECT_THAT(traced(), ElementsAre("do c", "undo c"));
}

TEST_F(Runner, WhatIsMissingInTheContextMakesACommandInvalid) {
  define_commands("metadata", {"a: {path: test.Metadata}"});
  const auto without = open("metadata");
  EXPECT_EQ(without->execute().wait().message, "the context has no 'project', which this command needs");
  EXPECT_EQ(command(*without, "a")["status"], kInvalid);
  EXPECT_EQ(command(*without, "a")["logs"][0]["level"], "ERROR");
  ActionOptions options;
  options.context = {{"project", "north"}};
  EXPECT_EQ(open("metadata", options)->execute().wait().outputs["step"]["a"], "north");
}

TEST_F(Runner, InBatchNobodyIsAsked) {
  define_commands("batch", {"a: {path: test.Adapt}", "b: {path: test.Need}"});
  ActionOptions options;
  options.batch = true;
  const auto action = open("batch", options);
  const ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.outputs["step"]["a"], (json{{"first", "a"}, {"second", "a!"}}));
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_THAT(outcome.message, HasSubstr("the parameter 'value' has no value"));
}

TEST_F(Runner, ANestedActionGivesItsOutputsAndIsUndoneWithItsCommand) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x}}",
                            "y: {path: test.Trace, parameters: {text: y}}"});
  define_commands(
      "outer", {"a: {path: test.Trace, parameters: {text: a}}",
                "b: {path: test.RunOther, parameters: {name: inner, parameters: {value: {'x:number': 5}}}}"});
  const auto action = open("outer");
  const ActionOutcome outcome = action->execute().wait();
  ASSERT_EQ(outcome.end, SILEX_ACTION_COMPLETED) << outcome.message;
  EXPECT_EQ(outcome.outputs["step"]["b"]["step"]["x"]["number"], 5);
  action->undo().wait();
  EXPECT_THAT(traced(), ElementsAre("do a", "do x", "do y", "undo y", "undo x"));
}

TEST_F(Runner, AFailureInANestedActionIsOneOfItsCommand) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {fail: true}}"});
  define_commands("outer", {"b: {path: test.RunOther, parameters: {name: inner}}"});
  define_commands("nowhere", {"b: {path: test.RunOther, parameters: {name: innner}}"});
  EXPECT_EQ(open("outer")->execute().wait().message, "the action 'inner' failed at step:x: it broke");
  EXPECT_THAT(open("nowhere")->execute().wait().message, HasSubstr("did you mean 'inner'?"));
}

TEST_F(Runner, ACancelReachesTheNestedAction) {
  define_commands("inner", {"x: {path: test.Trace, parameters: {text: x, hang: true}}"});
  define_commands("outer", {"b: {path: test.RunOther, parameters: {name: inner}}"});
  const auto action = open("outer");
  auto run = action->execute();
  ASSERT_TRUE(log.has("do x"));
  action->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
}

TEST_F(Runner, CommandsReachTheThreads) {
  define_commands("threads", {"a: {path: test.Threads}"});
  EXPECT_EQ(open("threads")->execute().wait().outputs["step"]["a"],
            json::array({SILEX_THREAD_MAIN, SILEX_THREAD_WORKER, SILEX_THREAD_LOOP}));
}

TEST_F(Runner, ATaskAwaitsAnActionAndCancelsIt) {
  define_commands("fine", {"a: {path: test.Trace, parameters: {text: a}}"});
  define_commands("long", {"a: {path: test.Trace, parameters: {text: hang, hang: true}}"});
  const auto fine = [&](Context) -> task<int> {
    const auto action = open("fine");
    const ActionOutcome outcome = co_await action->execute();
    co_return static_cast<int>(outcome.end);
  };
  EXPECT_EQ(runtime.spawn("fine", fine).get(), SILEX_ACTION_COMPLETED);
  const auto hanging = [&](Context) -> task<int> {
    const auto action = open("long");
    const ActionOutcome outcome = co_await action->execute();
    co_return static_cast<int>(outcome.end);
  };
  auto task = runtime.spawn("hanging", hanging);
  ASSERT_TRUE(log.has("do hang"));
  task.cancel();
  EXPECT_EQ(task.get(), SILEX_ACTION_CANCELLED);
}

TEST_F(Runner, ManyRunAtOnce) {
  define_commands("many", {"a: {path: test.Threads}", "b: {path: test.Threads}", "c: {path: test.Threads}"});
  std::vector<std::unique_ptr<Action>> actions;
  std::vector<Action::Run> runs;
  for (int number = 0; number < 100; ++number) {
    actions.push_back(open("many"));
    runs.push_back(actions.back()->execute());
  }
  for (Action::Run& run : runs) EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

}  // namespace
}  // namespace silex::test
