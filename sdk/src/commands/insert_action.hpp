// InsertAction: the steps of another action, after the present one.
#pragma once

#include <silex/command.hpp>

#include <string>

namespace silex::commands {

struct InsertAction : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.InsertAction", "aliases": ["silex_client.commands.insert_action.InsertAction"],
    "parameters": {
      "action": {"type": "str", "tooltip": "The action's name"},
      "category": {"type": "str", "value": "action"},
      "parameters": {"type": "dict", "value": {}, "hide": true, "tooltip": "Values by step:command:parameter"},
      "parameter": {"type": "str", "value": "", "hide": true, "tooltip": "Gets the value: step:command:parameter"},
      "value": {"type": "any", "hide": true, "tooltip": "Labels the steps too"},
      "label_key": {"type": "str", "value": "", "hide": true, "tooltip": "Which member of the value is the label"},
      "output": {"type": "str", "value": "", "hide": true, "tooltip": "step:command, whose output is taken over"},
      "hide_commands": {"type": "bool", "value": false, "hide": true}}})";
  task<json> execute(CommandContext& context) override;
};

// "step:command[:keys]" in an inserted action, as a value here.
class InsertedOutput {
 public:
  // Throws where the text names no step and command. "": there is none.
  explicit InsertedOutput(const std::string& text);
  // `steps`: {name there: name here}. null where there is none.
  [[nodiscard]] json in(const json& steps, const std::string& action) const;

 private:
  std::string step_;
  std::string rest_;  // from the first ":" on
};

// What the steps are called by: the value, or that member of it.
std::string label_for(const json& value, const std::string& label_key);

}  // namespace silex::commands
