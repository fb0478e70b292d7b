// What is said of definitions that are wrong.
#include "definition_fixture.hpp"

namespace silex::action::test {
namespace {

using testing::HasSubstr;

using BadDefinition = DefinitionTest;

TEST_F(BadDefinition, UnknownKeysOfEachLevelAreNamedWithTheNearestRightOne) {
  EXPECT_EQ(
      findings_in("a:\n"
                  "  lable: x\n"
                  "  steps:\n"
                  "    s:\n"
                  "      indx: 1\n"
                  "      commands:\n"
                  "        c:\n"
                  "          path: a.b\n"
                  "          ask: true\n"
                  "          parameters:\n"
                  "            p:\n"
                  "              valeu: 1\n"),
      "r1/action/a.yml:2:3: the unknown key 'lable' of the action 'a'; allowed: label, hide, tooltip, "
      "thumbnail, shelf, tasks or steps; did you mean 'label'?\n"
      "r1/action/a.yml:5:7: the unknown key 'indx' of the step 's'; allowed: label, hide, tooltip, index or "
      "commands; did you mean 'index'?\n"
      "r1/action/a.yml:9:11: the unknown key 'ask' of the command 'c'; allowed: label, hide, tooltip, path, "
      "ask_user, skip or parameters\n"
      "r1/action/a.yml:12:15: the unknown key 'valeu' of the parameter 'p'; allowed: value, label, hide or "
      "tooltip; did you mean 'value'?");
}

TEST_F(BadDefinition, ValuesOfTheWrongTypeSayWhatIsAllowed) {
  EXPECT_EQ(
      findings_in("a:\n"
                  "  label: [x]\n"
                  "  hide: maybe\n"
                  "  steps:\n"
                  "    s:\n"
                  "      index: first\n"
                  "      commands: {c: {path: a.b, skip: 2, ask_user: 'yes'}}\n"),
      "r1/action/a.yml:2:10: label is a list; allowed: text\n"
      "r1/action/a.yml:3:9: hide is the text 'maybe'; allowed: true or false\n"
      "r1/action/a.yml:6:14: index is the text 'first'; allowed: a whole number from -1000000 to 1000000\n"
      "r1/action/a.yml:7:39: skip is the number '2'; allowed: true or false\n"
      "r1/action/a.yml:7:52: ask_user is the text 'yes'; allowed: true or false");
}

TEST_F(BadDefinition, WhatShouldBeAMappingIsOne) {
  EXPECT_EQ(findings_in("a: text"),
            "r1/action/a.yml:1:4: the text 'text' as the action 'a'; allowed: a mapping");
  EXPECT_EQ(findings_in("a: {steps: [s]}"),
            "r1/action/a.yml:1:12: steps is a list; allowed: a mapping, by the name of each step");
  EXPECT_THAT(findings_in("a: {steps: {s: 1}}"),
              HasSubstr("the number '1' as the step 's'; allowed: a mapping"));
  EXPECT_THAT(findings_in("a: {tasks: [s]}"), HasSubstr("tasks is a list"));
}

TEST_F(BadDefinition, ACommandHasAPath) {
  EXPECT_EQ(findings_in("a: {steps: {s: {commands: {c: {label: x}}}}}"),
            "r1/action/a.yml:1:28: the command 'c' has no path; allowed: path: the name of a command to run");
}

TEST_F(BadDefinition, ACommandOfWhichNothingIsSaidHasNoPathEither) {
  EXPECT_EQ(findings_in("a:\n  steps:\n    s:\n      commands:\n        c:\n"),
            "r1/action/a.yml:5:9: the command 'c' has no path; allowed: path: the name of a command to run");
}

TEST_F(BadDefinition, APartForATaskIsCheckedWhicheverTheTaskIs) {
  EXPECT_THAT(findings_in("a: {tasks: {modeling: {steps: {s: {indx: 1}}}}}"),
              HasSubstr("the unknown key 'indx'"));
  EXPECT_THAT(findings_in("a: {tasks: {modeling: {tasks: {}}}}"), HasSubstr("tasks inside tasks"));
  write("r1/action/a.yml", "a: {tasks: {m: {steps: {s: {commands: {c: {hide: true}}}}}}}");
  EXPECT_TRUE(load("a")) << findings_.text();
}

TEST_F(BadDefinition, NamesHaveNoColon) {
  EXPECT_THAT(findings_in("a: {steps: {'s:t': {}}}"), HasSubstr("the name 's:t' of a step"));
  EXPECT_THAT(findings_in("a: {steps: {'': {}}}"), HasSubstr("the name '' of a step"));
}

TEST_F(BadDefinition, ACommandOutputIsAWholeValueAndHasNames) {
  const std::string before = "a: {steps: {s: {commands: {c: {path: a.b, parameters: {p: ";
  EXPECT_THAT(findings_in(before + "!command-output 'x::y'}}}}}}"),
              HasSubstr("!command-output with the text 'x::y'"));
  EXPECT_THAT(findings_in(before + "!command-output [x]}}}}}}"), HasSubstr("!command-output with a list"));
  EXPECT_THAT(findings_in(before + "[!command-output x]}}}}}}"),
              HasSubstr("a !command-output inside a value"));
  EXPECT_THAT(
      findings_in(before + "!comand-output x}}}}}}"),
      HasSubstr("the unknown tag '!comand-output'; allowed: !inherit or !command-output; did you mean "
                "'!command-output'?"));
}

TEST_F(BadDefinition, AnActionThatIsNotThereNamesWhereItWasLookedForAndTheNearest) {
  write("r2/action/publish.yml", "publish: {}");
  EXPECT_EQ(
      findings_of("pulbish"),
      "SILEX_ACTION_CONFIG: there is no action 'pulbish' in the category 'action'; allowed: the files in "
      "r1/action, r2/action, r3/action; did you mean 'publish'?");
}

TEST_F(BadDefinition, TheRootKeyIsTheActionsName) {
  EXPECT_EQ(
      findings_in("b: {}"),
      "r1/action/a.yml:1:1: a file without the key 'a'; allowed: the action's name as the root key; did you "
      "mean 'b'?");
  EXPECT_THAT(findings_in(""), HasSubstr("a file without the key 'a'"));
}

TEST_F(BadDefinition, SyntaxAndDuplicatesAreFound) {
  EXPECT_THAT(findings_in("a: [1"), HasSubstr("this is no YAML"));
  EXPECT_THAT(findings_in("a: {label: x, label: y}"), HasSubstr("the key 'label' stands here a second time"));
}

}  // namespace
}  // namespace silex::action::test
