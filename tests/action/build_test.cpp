// Actions of definitions and of what their commands declare.
#include "model_fixture.hpp"

namespace silex::action::test {
namespace {

using testing::HasSubstr;

using Build = ModelTest;

TEST_F(Build, FillsInWhatTheDefinitionDoesNotSay) {
  const Action action = built("a: {steps: {first_step: {index: 4, commands: {write: {path: files.write}}}}}");
  EXPECT_EQ(action.name, "a");
  EXPECT_EQ(action.label, "A");
  EXPECT_FALSE(action.hide);
  EXPECT_EQ(action.tooltip, "");
  EXPECT_EQ(action.uuid, "u0");
  EXPECT_EQ(action.execution_type, ExecutionType::forward);
  EXPECT_FALSE(action.simplify);
  const Step& step = action.steps.at(0);
  EXPECT_EQ(step.label, "First Step");
  EXPECT_EQ(step.index, 4);
  const Command& command = step.commands.at(0);
  EXPECT_EQ(command.path, "files.write");
  EXPECT_EQ(command.status, Status::initialized);
  EXPECT_EQ(command.progress, std::nullopt);
  EXPECT_FALSE(command.ask_user);
  EXPECT_FALSE(command.skip);
  EXPECT_EQ(command.parameters.size(), 5U);
}

TEST_F(Build, TakesWhatTheDefinitionSays) {
  const Action action = built(
      "a: {label: L, hide: true, tooltip: T, thumbnail: t.png, shelf: s, steps: {s: {label: S, hide: true, "
      "commands: "
      "{c: {path: files.write, label: C, hide: true, tooltip: U, ask_user: true, skip: true, parameters: "
      "{target: "
      "{value: /a, label: W, hide: true, tooltip: V}}}}}}}");
  EXPECT_EQ(action.label, "L");
  EXPECT_TRUE(action.hide);
  EXPECT_EQ(action.thumbnail, "t.png");
  EXPECT_EQ(action.shelf, "s");
  EXPECT_TRUE(action.steps.at(0).hide);
  const Command& command = action.steps.at(0).commands.at(0);
  EXPECT_TRUE(command.ask_user && command.skip && command.hide);
  const Parameter& parameter = command.parameters.at(0);
  EXPECT_EQ(parameter.value, "/a");
  EXPECT_EQ(parameter.label, "W");
  EXPECT_EQ(parameter.tooltip, "V");
  EXPECT_TRUE(parameter.hide);
}

TEST_F(Build, AValueIsTheCommandsThenTheDefinitionsThenTheTypes) {
  const auto value = [this](const std::string& parameters, std::size_t index) {
    return built(command("parameters: {" + parameters + "}"))
        .steps.at(0)
        .commands.at(0)
        .parameters.at(index)
        .value;
  };
  EXPECT_EQ(value("", 1), "1-10");
  EXPECT_EQ(value("frames: 7", 1), "7");
  EXPECT_EQ(value("frames: {hide: true}", 1), "1-10");
  EXPECT_EQ(value("frames: ~", 1), nullptr);
  EXPECT_EQ(value("", 2), Json::array());
  EXPECT_EQ(value("layers: beauty", 2), Json::array({"beauty"}));
  EXPECT_EQ(value("", 3), 1);
  EXPECT_EQ(value("quality: '4'", 3), 4);
  EXPECT_EQ(value("", 0), nullptr);
}

TEST_F(Build, AParameterOfAnyTypeIsHidden) {
  const Action action = built(command("parameters: {extra: {value: {a: 1}, hide: false}}"));
  EXPECT_TRUE(action.steps.at(0).commands.at(0).parameters.at(4).hide);
  EXPECT_EQ(action.steps.at(0).commands.at(0).parameters.at(4).value, (Json{{"a", 1}}));
}

TEST_F(Build, AValueMayBeACommandsOutput) {
  const Action action = built(command("parameters: {target: !command-output 'c:x'}"));
  const Parameter& parameter = action.steps.at(0).commands.at(0).parameters.at(0);
  EXPECT_EQ(parameter.output, (CommandOutput{"c", "x", {}}));
  EXPECT_TRUE(parameter.value.is_null());
}

TEST_F(Build, ACommandMayAskByItself) {
  EXPECT_TRUE(built("a: {steps: {s: {commands: {c: {path: ask}}}}}").steps.at(0).commands.at(0).ask_user);
  EXPECT_FALSE(built("a: {steps: {s: {commands: {c: {path: ask, ask_user: false}}}}}")
                   .steps.at(0)
                   .commands.at(0)
                   .ask_user);
}

TEST_F(Build, FindsAllThatDoesNotGoWithTheCommands) {
  EXPECT_EQ(
      build_findings("a:\n"
                     "  steps:\n"
                     "    s:\n"
                     "      commands:\n"
                     "        c: {path: files.wirte}\n"
                     "        d:\n"
                     "          path: files.write\n"
                     "          parameters:\n"
                     "            tarket: /a\n"
                     "            quality: 9\n"
                     "            layers: {value: {a: b}}\n"
                     "            target: !command-output s:x\n"),
      "r1/action/a.yml:5:9: the command 'c' has the path 'files.wirte', which no command has; allowed: the "
      "path "
      "of a command that is loaded; did you mean 'files.write'?\n"
      "r1/action/a.yml:9:13: the unknown parameter 'tarket' of the command 'files.write'; allowed: target, "
      "frames, layers, quality or extra; did you mean 'target'?\n"
      "r1/action/a.yml:10:22: the parameter 'quality' of the command 'd' is the number 9; allowed: a number "
      "from "
      "1 to 5\n"
      "r1/action/a.yml:11:29: the parameter 'layers' of the command 'd' is a mapping; allowed: text\n"
      "r1/action/a.yml:12:21: the output of the command 'x', which the step 's' does not have; allowed: c or "
      "d");
}

TEST_F(Build, ACommandWithoutParametersTakesNone) {
  EXPECT_THAT(build_findings("a: {steps: {s: {commands: {c: {path: paths.build, parameters: {p: 1}}}}}}"),
              HasSubstr("the unknown parameter 'p' of the command 'paths.build'; allowed: no parameter"));
}

}  // namespace
}  // namespace silex::action::test
