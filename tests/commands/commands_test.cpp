// The commands that touch no files.
#include "fake_execution.hpp"
#include "platform/environment.hpp"
#include "temporary_folder.hpp"

#include <set>
#include <string>

#include <gmock/gmock.h>

namespace silex::commands {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Commands, EachHasAPathOfItsOwnAndShortTooltips) {
  std::set<std::string> paths;
  const silex_command_pack& pack = builtin_pack();
  for (std::uint32_t index = 0; index < pack.count; ++index) {
    const json declaration = json::parse(pack.commands[index]->declaration);
    EXPECT_TRUE(declaration["path"].get<std::string>().starts_with("silex."));
    EXPECT_TRUE(paths.insert(declaration["path"]).second);
    for (const json& alias : declaration.value("aliases", json::array()))
      EXPECT_TRUE(paths.insert(alias).second);
    for (const auto& [name, parameter] : declaration["parameters"].items()) {
      EXPECT_TRUE(parameter.contains("type")) << name;
      EXPECT_LT(parameter.value("tooltip", "").size(), 60U) << name;
    }
  }
  EXPECT_EQ(15U, pack.count);
}

TEST(Commands, LogSpeaksAtItsLevel) {
  FakeExecution log("silex.Log");
  log.parameters["message"] = "hello";
  log.execute();
  log.parameters["level"] = "error";
  EXPECT_EQ(json(), log.execute());
  EXPECT_THAT(log.logs, ElementsAre("1 hello", "3 hello"));
}

TEST(Commands, WaitMovesOnAndRefusesThePast) {
  FakeExecution wait("silex.Wait");
  wait.execute();
  EXPECT_GE(wait.percents.size(), 10U);
  EXPECT_EQ(100.0, wait.percents.back());
  wait.parameters["seconds"] = -1.5;
  EXPECT_THAT(error_of([&] { wait.execute(); }), HasSubstr("'seconds' is -1.5"));
}

TEST(Commands, WaitCanBeCancelled) {
  FakeExecution wait("silex.Wait");
  wait.parameters["seconds"] = 1e9;
  wait.on_progress = [&] {
    if (wait.percents.size() == 3) wait.cancel();
  };
  EXPECT_THROW(wait.execute(), Cancelled);
}

TEST(Commands, PassAndExitStepDoWhatTheySay) {
  FakeExecution pass("silex.Pass");
  pass.parameters["input"] = {{"a", {1, 2}}};
  EXPECT_EQ(pass.parameters["input"], pass.execute());
  FakeExecution leave("silex.ExitStep");
  leave.parameters["enable"] = false;
  leave.execute();
  EXPECT_FALSE(leave.has_left_step);
  leave.parameters["enable"] = true;
  leave.execute();
  EXPECT_TRUE(leave.has_left_step);
}

TEST(Commands, AStoredValueIsReadAndTakenBack) {
  FakeExecution set("silex.SetStoredValue");
  set.store["shot"] = "old";
  set.parameters["key"] = "shot";
  set.parameters["value"] = {1, 2};
  EXPECT_EQ(set.parameters["value"], set.execute());
  set.execute();
  EXPECT_EQ(set.parameters["value"], set.store["shot"]);
  set.undo();
  EXPECT_EQ("old", set.store["shot"]);

  FakeExecution get("silex.GetStoredValue");
  get.store["shot:name"] = "s010";
  get.parameters["key"] = "shot";
  get.parameters["key_suffix"] = ":name";
  EXPECT_EQ(json::parse(R"({"value": "s010", "key": "shot:name"})"), get.execute());
  get.parameters["key"] = nullptr;
  EXPECT_THAT(error_of([&] { get.execute(); }), HasSubstr("'key' is empty"));
}

TEST(Commands, EnvironmentVariablesAreSetAndTakenBack) {
  platform::set_environment_value("SILEX_TEST_A", "old");
  FakeExecution set("silex.SetEnvironment");
  set.parameters["variables"] = {{"SILEX_TEST_A", nullptr}, {"SILEX_TEST_B", "new"}};
  set.execute();
  EXPECT_EQ(std::nullopt, platform::environment_value("SILEX_TEST_A"));
  EXPECT_EQ("new", platform::environment_value("SILEX_TEST_B"));
  set.undo();
  EXPECT_EQ("old", platform::environment_value("SILEX_TEST_A"));
  EXPECT_EQ(std::nullopt, platform::environment_value("SILEX_TEST_B"));
  set.parameters["variables"] = {{"SILEX_TEST_B", "new"}, {"A=B", "1"}};
  EXPECT_THAT(error_of([&] { set.execute(); }), HasSubstr("'A=B' is no name"));
  EXPECT_EQ(std::nullopt, platform::environment_value("SILEX_TEST_B"));
}

TEST(Commands, AnActionIsInsertedWithItsValueAndItsLabel) {
  FakeExecution insert("silex.InsertAction");
  insert.steps["export"] = "export_2";
  insert.parameters["action"] = "publish";
  insert.parameters["parameters"] = {{"a:b", 1}};
  insert.parameters["parameter"] = "export:write:file";
  insert.parameters["value"] = {{"name", "shot"}, {"id", 7}};
  insert.parameters["label_key"] = "name";
  insert.parameters["output"] = "export:write:file";
  EXPECT_EQ(json::parse(R"({"!command-output": "export_2:write:file"})"), insert.execute());
  const json& request = insert.insertions.at(0);
  EXPECT_EQ("publish", request["name"]);
  EXPECT_EQ("action", request["category"]);
  EXPECT_EQ("shot", request["label"]);
  EXPECT_EQ(1, request["parameters"]["a:b"]);
  EXPECT_EQ(insert.parameters["value"], request["parameters"]["export:write:file"]);
  insert.parameters["output"] = "";
  EXPECT_EQ(json(), insert.execute());
}

TEST(Commands, AnOutputThatIsNotThereIsNamed) {
  FakeExecution insert("silex.InsertAction");
  EXPECT_THAT(error_of([&] { insert.execute(); }), HasSubstr("'action' is empty"));
  insert.steps["export"] = "export_2";
  insert.parameters["action"] = "publish";
  insert.parameters["output"] = "import:read";
  EXPECT_THAT(error_of([&] { insert.execute(); }), AllOf(HasSubstr("'import'"), HasSubstr("'export'")));
  insert.parameters["output"] = "export";
  insert.insertions.clear();
  EXPECT_THAT(error_of([&] { insert.execute(); }), HasSubstr("step:command"));
  EXPECT_TRUE(insert.insertions.empty());
}

TEST(Commands, ActionsAreInsertedInTheOrderOfTheirValues) {
  FakeExecution iterate("silex.IterateAction");
  iterate.steps["s"] = "here";
  iterate.parameters["actions"] = {"one", "two"};
  iterate.parameters["values"] = {"a", "b", "c"};
  iterate.parameters["parameter"] = "s:c:p";
  iterate.parameters["output"] = "s:c";
  iterate.parameters["hide_threshold"] = 2;
  const json output = iterate.execute();
  ASSERT_EQ(3U, iterate.insertions.size());
  // Each goes before those that were inserted.
  const json& last = iterate.insertions.front();
  EXPECT_EQ("c", last["parameters"]["s:c:p"]);
  EXPECT_EQ("one", last["name"]);
  EXPECT_EQ(true, last["hide_commands"]);
  EXPECT_EQ("two", iterate.insertions[1]["name"]);
  EXPECT_EQ(false, iterate.insertions[1]["hide_commands"]);
  EXPECT_EQ("a", iterate.insertions[2]["label"]);
  ASSERT_EQ(3U, output.size());
  EXPECT_EQ("here:c", output[0]["!command-output"]);
  iterate.parameters["output"] = "";
  EXPECT_EQ(json(), iterate.execute());
}

TEST(Commands, AProgramsOutputIsInTheLog) {
  FakeExecution run("silex.RunProcess");
  run.parameters["command"] = {"sh", "-c", "echo $SILEX_TEST; printf 'caf\\351\\n' >&2; pwd"};
  run.parameters["environment"] = {{"SILEX_TEST", "seen"}, {"HOME", nullptr}};
  run.parameters["directory"] = "/";
  EXPECT_EQ(json::parse(R"({"exit_code": 0})"), run.execute());
  // As it came: the runner makes it UTF-8.
  EXPECT_THAT(run.logs, AllOf(Contains("1 seen"), Contains("2 caf\xE9"), Contains("1 /")));
}

TEST(Commands, AProgramThatFailsIsAnErrorUnlessThatIsAllowed) {
  FakeExecution run("silex.RunProcess");
  run.parameters["command"] = {"sh", "-c", "exit 3"};
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("the program 'sh' ended with the exit code 3"));
  run.parameters["check"] = false;
  EXPECT_EQ(3, run.execute()["exit_code"]);
  run.parameters["command"] = {"sh", "-c", "kill -9 $$"};
  EXPECT_EQ(-9, run.execute()["exit_code"]);
  run.parameters["check"] = true;
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("the signal 9 (Killed)"));
}

TEST(Commands, AProgramThatCantBeStartedIsNamed) {
  FakeExecution run("silex.RunProcess");
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("'command' is empty"));
  run.parameters["command"] = {"silex-no-such-program"};
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("was not found in any folder of PATH"));
  run.parameters["command"] = {"/no/such/program"};
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("'/no/such/program' was not found: "));
  run.parameters["command"] = {"/etc/passwd"};
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("could not be started: Permission denied"));
  run.parameters["command"] = {"true"};
  run.parameters["directory"] = "/no/such/folder";
  EXPECT_THAT(error_of([&] { run.execute(); }), HasSubstr("which is no folder"));
}

}  // namespace
}  // namespace silex::commands
