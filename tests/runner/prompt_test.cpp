#include "runner_fixture.hpp"

namespace silex::test {
namespace {

using Prompt = RunnerTest;

TEST_F(Prompt, ACommandThatNeedsAValueWaitsForIt) {
  define_commands("need", {"a: {path: test.Need}"});
  const auto action = open("need");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  EXPECT_EQ(action->read()["status"], kWaiting);
  action->answer(answer_to("a", {{"value", "5"}}));
  EXPECT_EQ(run.wait().outputs["step"]["a"], 5);
}

TEST_F(Prompt, TheFollowingCommandsThatNeedAnAnswerWaitWithIt) {
  define_commands("need",
                  {"a: {path: test.Need}", "b: {path: test.Need, ask_user: true, parameters: {value: 2}}",
                   "c: {path: test.Trace}", "d: {path: test.Need}"});
  const auto action = open("need");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  EXPECT_EQ(command(*action, "b")["status"], kWaiting);
  EXPECT_EQ(command(*action, "d")["status"], kInitialized);
  action->answer(answer_to("a", {{"value", 1}}));
  ASSERT_TRUE(becomes(*action, "d", kWaiting));
  EXPECT_EQ(command(*action, "b")["status"], kCompleted);
  EXPECT_EQ(command(*action, "b")["ask_user"], false);
  action->answer(answer_to("d", {{"value", 4}}));
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Prompt, AnAnswerThatDoesNotFitIsRefusedAndAskedForAgain) {
  define_commands("need", {"a: {path: test.Need}"});
  const auto action = open("need");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(answer_to("a", {{"value", "many"}}));
  ASSERT_TRUE(eventually([&] { return !command(*action, "a")["logs"].empty(); }));
  EXPECT_THAT(command(*action, "a")["logs"][0]["message"].get<std::string>(), HasSubstr("many"));
  EXPECT_EQ(command(*action, "a")["status"], kWaiting);
  action->answer(answer_to("a", {{"value", 1}}));
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Prompt, SetupAdaptsTheCommandWhileTheUserAnswers) {
  define_commands("adapt", {"a: {path: test.Adapt}"});
  const auto action = open("adapt");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  EXPECT_EQ(command(*action, "a")["parameters"]["second"]["value"], "a!");
  json answer = answer_to("a", {{"first", "b"}});
  answer["steps"]["step"]["commands"]["a"]["ask_user"] = true;
  action->answer(answer);
  ASSERT_TRUE(eventually([&] { return command(*action, "a")["parameters"]["second"]["value"] == "b!"; }));
  EXPECT_EQ(command(*action, "a")["status"], kWaiting);
  answer["steps"]["step"]["commands"]["a"]["ask_user"] = false;
  action->answer(answer);
  EXPECT_EQ(run.wait().outputs["step"]["a"], (json{{"first", "b"}, {"second", "b!"}}));
}

TEST_F(Prompt, AHiddenCommandThatNeedsAnAnswerIsShown) {
  define_commands("need", {"a: {path: test.Need, hide: true}"});
  const auto action = open("need");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(answer_to("a", {{"value", 1}}));
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Prompt, ACommandInAHiddenStepThatNeedsAnAnswerIsShown) {
  define("need", "need: {steps: {step: {hide: true, commands: {a: {path: test.Need}}}}}");
  const auto action = open("need");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(answer_to("a", {{"value", 1}}));
  EXPECT_EQ(run.wait().outputs["step"]["a"], 1);
}

TEST_F(Prompt, AHiddenStepIsShownWhileItsCommandAsks) {
  define("ask",
         "ask: {steps: {step: {hide: true, commands: {a: {path: test.Ask}, "
         "h: {path: test.Trace, hide: true}}}}}");
  json seen;
  ActionOptions options;
  options.on_change = [&](const json& change) { take(seen, change); };
  const auto action = open("ask", options);
  EXPECT_FALSE(action->read()["steps"].contains("step"));
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  EXPECT_FALSE(action->read()["steps"]["step"]["commands"].contains("h"));
  action->answer(answer_to("a", {{"name", "shot"}, {"count", 4}}));
  EXPECT_EQ(run.wait().outputs["step"]["a"]["count"], 4);
  EXPECT_FALSE(action->read()["steps"].contains("step"));
  EXPECT_NE(seen["steps"]["step"]["hide"], false);
}

// Whether the command asks again is part of the answer.
json mood(const std::string& mood, bool asks_again) {
  json answer;
  json& command = answer["steps"]["step"]["commands"]["a"];
  command["parameters"]["mood"]["value"] = mood;
  command["ask_user"] = asks_again;
  return answer;
}

TEST_F(Prompt, ASetupThatFailsAfterAnAnswerEndsThePrompt) {
  define_commands("moody", {"a: {path: test.Moody}", "b: {path: test.Need}"});
  const auto action = open("moody");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "b", kWaiting));
  action->answer(mood("fail", true));
  EXPECT_EQ(run.wait().message, "not in that mood");
  EXPECT_EQ(command(*action, "a")["status"], kError);
  EXPECT_EQ(command(*action, "b")["status"], kInitialized);
  // The user tries again.
  action->answer(answer_to("a", {{"mood", "fine"}}));
  ASSERT_TRUE(becomes(*action, "b", kWaiting));
  action->answer(mood("better", false));
  ASSERT_TRUE(becomes(*action, "a", kCompleted));
}

TEST_F(Prompt, ASetupThatIsCancelledAfterAnAnswerEndsThePrompt) {
  define_commands("moody", {"a: {path: test.Moody}", "b: {path: test.Need}"});
  const auto action = open("moody");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "b", kWaiting));
  action->answer(mood("hang", true));
  ASSERT_TRUE(log.has("in setup: hang"));
  action->cancel();
  EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED);
  EXPECT_EQ(command(*action, "b")["status"], kInitialized);
  action->answer(answer_to("a", {{"mood", "fine"}}));
  EXPECT_TRUE(becomes(*action, "b", kWaiting));
}

TEST_F(Prompt, AnAnswerThatComesWhileTheCommandIsSetUpCounts) {
  define_commands("moody", {"a: {path: test.Moody}"});
  const auto action = open("moody");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(mood("wait", true));
  ASSERT_TRUE(log.has("in setup: wait"));
  action->answer(mood("fine", false));
  ASSERT_TRUE(becomes(*action, "a", kCompleted));
  EXPECT_EQ(run.wait().outputs["step"]["a"], "fine");
}

TEST_F(Prompt, AnAnswerAfterItsStepWasTakenAwayLetsTheActionGoOn) {
  define_commands("inner", {"a: {path: test.Moody}"});
  define_commands("outer", {"i: {path: silex.InsertAction, parameters: {action: inner}}"});
  const auto action = open("outer");
  auto run = action->execute();
  const auto waits = [&] { return action->read()["status"] == kWaiting; };
  ASSERT_TRUE(eventually(waits));
  json answer;
  json& asked = answer["steps"]["step_2"]["commands"]["a"];
  asked["ask_user"] = true;
  asked["parameters"]["mood"]["value"] = "fail";
  action->answer(answer);
  EXPECT_EQ(run.wait().end, SILEX_ACTION_FAILED);
  EXPECT_EQ(action->undo(true).wait().end, SILEX_ACTION_UNDONE);
  EXPECT_EQ(action->read()["steps"].size(), 1u);
  action->answer(json::object());
  EXPECT_TRUE(eventually(waits));
}

TEST_F(Prompt, ACommandAsksInTheMiddleOfItsWork) {
  define_commands("ask", {"a: {path: test.Ask}"});
  const auto action = open("ask");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  const json asked = command(*action, "a")["parameters"];
  EXPECT_EQ(asked["own"]["hide"], true);
  EXPECT_EQ(asked["name"]["hide"], false);
  EXPECT_EQ(asked["count"]["value"], 3);
  // A name is missing.
  action->answer(answer_to("a", {{"count", 4}}));
  ASSERT_TRUE(eventually([&] { return !command(*action, "a")["logs"].empty(); }));
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(answer_to("a", {{"name", "shot"}}));
  EXPECT_EQ(run.wait().outputs["step"]["a"], (json{{"name", "shot"}, {"count", 4}, {"own", "x"}}));
  const json after = command(*action, "a")["parameters"];
  EXPECT_EQ(after["own"]["hide"], false);
  EXPECT_EQ(after["name"]["hide"], true);
}

TEST_F(Prompt, ACancelEndsAPromptOfEitherKind) {
  define_commands("ask", {"a: {path: test.Ask}"});
  define_commands("need", {"a: {path: test.Need}"});
  for (const char* const name : {"ask", "need"}) {
    const auto action = open(name);
    auto run = action->execute();
    ASSERT_TRUE(becomes(*action, "a", kWaiting));
    action->cancel();
    EXPECT_EQ(run.wait().end, SILEX_ACTION_CANCELLED) << name;
    EXPECT_EQ(command(*action, "a")["status"], kInitialized) << name;
  }
}

TEST_F(Prompt, AWrongQuestionIsAnErrorOfItsCommand) {
  define_commands("bad", {"a: {path: test.BadAsk}"});
  const ActionOutcome outcome = open("bad")->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_THAT(outcome.message, HasSubstr("strange"));
}

TEST_F(Prompt, AnUndoneCommandAsksAgain) {
  define_commands("adapt", {"a: {path: test.Adapt}", "b: {path: test.Trace}"});
  const auto action = open("adapt");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(json::object());
  run.wait();
  action->undo(true).wait();
  EXPECT_EQ(command(*action, "a")["ask_user"], true);
  auto again = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(json::object());
  EXPECT_EQ(again.wait().end, SILEX_ACTION_COMPLETED);
}

TEST_F(Prompt, AnAnswerAfterAnUndoGoesOnForward) {
  define_commands("undone", {"a: {path: test.Trace, parameters: {text: a}}"});
  const auto action = open("undone");
  action->execute().wait();
  action->undo().wait();
  action->answer(json::object());
  ASSERT_TRUE(becomes(*action, "a", kCompleted));
}

TEST_F(Prompt, AnAnswerThatNobodyWaitsForIsIgnoredWithAWarning) {
  define_commands("done", {"a: {path: test.Trace, parameters: {text: a}}"});
  const auto action = open("done");
  action->execute().wait();
  action->answer(answer_to("a", {{"text", "late"}}));
  EXPECT_TRUE(log.has("an answer came for the action 'done', which waits for none: ignored"));
  EXPECT_EQ(command(*action, "a")["parameters"]["text"]["value"], "a");
}

TEST_F(Prompt, AnAnswerToAnEarlierPromptDoesNotAnswerTheNext) {
  define_commands("two", {"a: {path: test.Need}", "b: {path: test.Trace}", "c: {path: test.Need}"});
  const auto action = open("two");
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(answer_to("a", {{"value", 1}}));
  ASSERT_TRUE(becomes(*action, "c", kWaiting));
  // A second user had answered the first prompt, too.
  action->answer(answer_to("a", {{"value", 2}}));
  EXPECT_TRUE(log.has("an answer came for the action 'two', to a prompt that is over: ignored"));
  EXPECT_EQ(command(*action, "c")["status"], kWaiting);
  EXPECT_EQ(command(*action, "a")["parameters"]["value"]["value"], 1);
  action->answer(answer_to("c", {{"value", 3}}));
  EXPECT_EQ(run.wait().outputs["step"]["c"], 3);
}

TEST_F(Prompt, AUserPausesAndGoesOnByTheExecutionType) {
  const json pause = {{"execution_type", 0}};
  const json forward = {{"execution_type", 1}};
  const json step = {{"execution_type", 1}, {"step_by_step", true}};
  define_commands("steer", {"a: {path: test.Need}", "b: {path: test.Trace, parameters: {text: b}}",
                            "c: {path: test.Trace, parameters: {text: c}}",
                            "d: {path: test.Trace, parameters: {text: d}}"});
  const auto action = open("steer");
  const auto is_paused = [&] { return action->read()["execution_type"] == 0; };
  auto run = action->execute();
  ASSERT_TRUE(becomes(*action, "a", kWaiting));
  action->answer(pause);  // which is no answer
  action->answer(answer_to("a", {{"value", 1}}));
  ASSERT_TRUE(eventually(is_paused));
  EXPECT_EQ(command(*action, "b")["status"], kInitialized);
  action->answer(step);
  ASSERT_TRUE(becomes(*action, "b", kCompleted));
  ASSERT_TRUE(eventually(is_paused));
  EXPECT_EQ(command(*action, "c")["status"], kInitialized);
  action->answer(forward);
  EXPECT_EQ(run.wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_THAT(traced(), ElementsAre("do b", "do c", "do d"));
}

TEST_F(Prompt, AfterAnUndoOneStepIsOneCommand) {
  define_commands("again", {"a: {path: test.Trace, parameters: {text: a}}",
                            "b: {path: test.Trace, parameters: {text: b}}"});
  const auto action = open("again");
  action->execute().wait();
  action->undo(true).wait();
  action->answer({{"execution_type", 1}, {"step_by_step", true}});
  ASSERT_TRUE(becomes(*action, "a", kCompleted));
  ASSERT_TRUE(eventually([&] { return action->read()["execution_type"] == 0; }));
  EXPECT_EQ(command(*action, "b")["status"], kInitialized);
}

}  // namespace
}  // namespace silex::test
