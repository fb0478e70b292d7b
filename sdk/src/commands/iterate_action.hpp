// IterateAction: InsertAction for each of several values.
#pragma once

#include <silex/command.hpp>

namespace silex::commands {

struct IterateAction : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.IterateAction", "aliases": ["silex_client.commands.iterate_action.IterateAction"],
    "parameters": {
      "actions": {"type": {"name": "list", "itemType": "str"}, "tooltip": "Names; over again where values are left"},
      "categories": {"type": {"name": "list", "itemType": "str"}, "value": ["action"],
                     "tooltip": "Of the actions; over again where values are left"},
      "values": {"type": {"name": "list", "itemType": "any"}, "value": [], "hide": true,
                 "tooltip": "One action is inserted for each, and labelled with it"},
      "parameter": {"type": "str", "value": "", "hide": true, "tooltip": "Gets the value: step:command:parameter"},
      "label_key": {"type": "str", "value": "", "hide": true, "tooltip": "Which member of a value is the label"},
      "output": {"type": "str", "value": "", "hide": true, "tooltip": "step:command, whose output is taken over"},
      "hide_threshold": {"type": "int", "value": 40, "hide": true,
                         "tooltip": "From this many on, commands are not shown"}}})";
  task<json> execute(CommandContext& context) override;
};

}  // namespace silex::commands
