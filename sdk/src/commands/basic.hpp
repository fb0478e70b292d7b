// Log, Wait, Pass, ExitStep: commands that touch nothing outside of the action.
#pragma once

#include <silex/command.hpp>

namespace silex::commands {

struct Log : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.Log", "aliases": ["silex_client.commands.log.Log"],
    "parameters": {
      "message": {"type": "str", "value": ""},
      "level": {"type": {"name": "select", "options": ["info", "warning", "error", "debug"]}, "value": "info"}}})";
  task<json> execute(CommandContext& context) override;
};

struct Wait : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.Wait",
    "parameters": {"seconds": {"type": "float", "value": 1.0}}})";
  task<json> execute(CommandContext& context) override;
};

struct Pass : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.Pass", "aliases": ["silex_client.commands.pass.Pass"],
    "parameters": {"input": {"type": "any", "tooltip": "The output, as it is"}}})";
  task<json> execute(CommandContext& context) override;
};

struct ExitStep : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.ExitStep", "aliases": ["silex_client.commands.exit_step.ExitStep"],
    "parameters": {"enable": {"type": "bool", "value": true,
                              "tooltip": "Skips the commands of this step that follow"}}})";
  task<json> execute(CommandContext& context) override;
};

}  // namespace silex::commands
