// RunProcess: a program, its output in the command's log.
#pragma once

#include <silex/command.hpp>

namespace silex::commands {

struct RunProcess : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.RunProcess",
    "parameters": {
      "command": {"type": {"name": "list", "itemType": "str"}, "tooltip": "A program and its arguments; no shell"},
      "directory": {"type": "Path", "value": "", "tooltip": "In which it runs"},
      "environment": {"type": {"name": "dict", "key": "str", "value": "str"}, "value": {},
                      "tooltip": "Variables that it gets besides the host's; null: not set"},
      "check": {"type": "bool", "value": true, "tooltip": "Another exit code than 0 is an error"}}})";
  task<json> execute(CommandContext& context) override;
};

}  // namespace silex::commands
