// SetEnvironment: environment variables of the process, for the host and what it starts.
#pragma once

#include <silex/command.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace silex::commands {

class SetEnvironment : public Command {
 public:
  static constexpr const char* declaration = R"({
    "path": "silex.SetEnvironment",
    "parameters": {
      "variables": {"type": {"name": "dict", "key": "str", "value": "str"},
                    "tooltip": "What each variable is to be; null: not set"}}})";
  task<json> execute(CommandContext& context) override;
  task<> undo(CommandContext& context) override;

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> former_;  // in the order of setting
};

}  // namespace silex::commands
