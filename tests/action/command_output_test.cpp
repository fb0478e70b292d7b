// "step:command:key" and what it is short for.
#include "action/definition/command_output.hpp"

#include <gtest/gtest.h>

namespace silex::action {
namespace {

TEST(CommandOutput, NamesACommandAStepAndKeys) {
  EXPECT_EQ(parse_command_output("build"), (CommandOutput{"", "build", {}}));
  EXPECT_EQ(parse_command_output("prepare:build"), (CommandOutput{"prepare", "build", {}}));
  EXPECT_EQ(parse_command_output("prepare:build:files:0"),
            (CommandOutput{"prepare", "build", {"files", "0"}}));
}

TEST(CommandOutput, HasNoEmptyPart) {
  for (const auto* text : {"", ":", "a:", ":a", "a::b", "a:b:"}) {
    EXPECT_EQ(parse_command_output(text), std::nullopt) << text;
  }
}

TEST(CommandOutput, IsWrittenAsItWasRead) {
  for (const auto* text : {"a", "a:b", "a:b:c:d"}) EXPECT_EQ(to_text(*parse_command_output(text)), text);
}

}  // namespace
}  // namespace silex::action
