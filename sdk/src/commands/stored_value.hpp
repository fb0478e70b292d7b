// SetStoredValue and GetStoredValue: what the commands of an action share.
#pragma once

#include <silex/command.hpp>

#include <optional>
#include <string>

namespace silex::commands {

class SetStoredValue : public Command {
 public:
  static constexpr const char* declaration = R"({
    "path": "silex.SetStoredValue", "aliases": ["silex_client.commands.set_stored_value.SetStoredValue"],
    "parameters": {
      "key": {"type": "str", "tooltip": "Names with ':' between them lead into what is stored"},
      "value": {"type": "any"}}})";
  task<json> execute(CommandContext& context) override;
  task<> undo(CommandContext& context) override;

 private:
  std::string key_;
  std::optional<json> former_;
};

struct GetStoredValue : Command {
  static constexpr const char* declaration = R"({
    "path": "silex.GetStoredValue", "aliases": ["silex_client.commands.get_stored_value.GetStoredValue"],
    "parameters": {
      "key": {"type": "str", "tooltip": "Names with ':' between them lead into what is stored"},
      "key_suffix": {"type": "str", "value": "", "tooltip": "Follows the key as it is"}}})";
  task<json> execute(CommandContext& context) override;
};

}  // namespace silex::commands
