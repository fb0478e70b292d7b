// What is told of an action: to the functions of its options, and in its log.
#include "runner_fixture.hpp"

#include <atomic>

namespace silex::test {
namespace {

using Told = RunnerTest;

TEST_F(Told, WhatIsNoUtf8IsReplacedInLogAndError) {
  define_commands("garbled", {"a: {path: test.Garble}"});
  const auto action = open("garbled");
  const ActionOutcome outcome = action->execute().wait();
  EXPECT_EQ(outcome.end, SILEX_ACTION_FAILED);
  EXPECT_THAT(outcome.message, HasSubstr("no file g\uFFFDo.abc"));
  EXPECT_EQ(command(*action, "a")["status"], kError);
  EXPECT_THAT(command(*action, "a")["logs"].dump(), HasSubstr("read g\uFFFDo.abc"));
}

TEST_F(Told, NothingIsToldOfAnActionThatIsGone) {
  define_commands("long", {"a: {path: test.Trace, parameters: {text: a, hang: true}}"});
  define_commands("short", {"a: {path: test.Trace}"});
  std::atomic<int> told = 0;
  ActionOptions options;
  options.on_change = [&](const json&) { ++told; };
  options.on_end = [&](const ActionOutcome&) { ++told; };
  auto closed = open("long", options);
  closed->execute();
  ASSERT_TRUE(log.has("do a"));  // what has not begun would have nothing to end
  closed.reset();
  const int before = told;
  EXPECT_TRUE(log.has("end a"));
  open("short")->execute().wait();  // the loop is past the end of the first one
  EXPECT_EQ(told, before);
}

TEST_F(Told, WhatAFunctionOfTheOptionsThrowsIsLogged) {
  define_commands("short", {"a: {path: test.Trace}"});
  ActionOptions options;
  options.on_change = [](const json&) { throw std::runtime_error("no such widget"); };
  options.on_end = [](const ActionOutcome&) { throw 42; };
  EXPECT_EQ(open("short", options)->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_TRUE(log.has("on_change of the action 'short' threw: no such widget"));
  EXPECT_TRUE(log.has("on_end of the action 'short' threw what is no std::exception"));
}

TEST_F(Told, AMappingThatLosesAKeyIsToldWithTheWholeAction) {
  define_commands("need", {"a: {path: test.Need, parameters: {value: 1, anything: {value: {a: 1}}}}"});
  json seen;
  int wholes = 0;
  ActionOptions options;
  options.on_change = [&](const json& change) {
    wholes += change.contains("name") ? 1 : 0;
    take(seen, change);
  };
  const auto action = open("need", options);
  action->set("anything", {{"b", 2}});
  EXPECT_EQ(action->execute().wait().end, SILEX_ACTION_COMPLETED);
  EXPECT_EQ(seen["steps"]["step"]["commands"]["a"]["parameters"]["anything"]["value"], (json{{"b", 2}}));
  EXPECT_EQ(nlohmann::json(seen), nlohmann::json(action->read()));
  EXPECT_EQ(wholes, 2);
}

TEST_F(Told, ProgressAndLogsAreTold) {
  define_commands("progress", {"a: {path: test.Progress}"});
  json seen = json::object();
  ActionOptions options;
  options.on_change = [&](const json& diff) { seen.merge_patch(diff); };
  const auto action = open("progress", options);
  action->execute().wait();
  const json& told = seen["steps"]["step"]["commands"]["a"];
  EXPECT_EQ(told["progress"], 100);
  EXPECT_EQ(told["logs"], json::array({{{"level", "INFO"}, {"message", "half-way"}}}));
  EXPECT_EQ(nlohmann::json(seen), nlohmann::json(action->read())) << "what was told adds up to the action";
}

}  // namespace
}  // namespace silex::test
