// Copy, Move and Rename: files and whole folders, at a new place or under a new name.
#pragma once

#include "commands/placing.hpp"

namespace silex::commands {

struct Copy : PlacingCommand {
  static constexpr const char* declaration = R"({
    "path": "silex.Copy", "aliases": ["silex_client.commands.copy.Copy"],
    "parameters": {
      "src": {"type": {"name": "Path", "multiple": true}, "label": "Sources", "tooltip": "Files or folders to copy"},
      "dst": {"type": "Path", "label": "Destination", "tooltip": "The folder to copy to; made where it is missing"},
      "force": {"type": "bool", "value": false, "label": "Override", "tooltip": "Without asking"}}})";
  Copy() noexcept : PlacingCommand("name") {}
  task<json> execute(CommandContext& context) override;
};

struct Move : PlacingCommand {
  static constexpr const char* declaration = R"({
    "path": "silex.Move", "aliases": ["silex_client.commands.move.Move"],
    "parameters": {
      "src": {"type": {"name": "Path", "multiple": true}, "label": "Sources", "tooltip": "Files or folders to move"},
      "dst": {"type": "Path", "label": "Destination", "tooltip": "The folder to move to; made where it is missing"},
      "force": {"type": "bool", "value": false, "label": "Override", "tooltip": "Without asking"}}})";
  Move() noexcept : PlacingCommand("name") {}
  task<json> execute(CommandContext& context) override;
};

struct Rename : PlacingCommand {
  static constexpr const char* declaration = R"({
    "path": "silex.Rename", "aliases": ["silex_client.commands.rename.Rename"],
    "parameters": {
      "src": {"type": {"name": "Path", "multiple": true}, "label": "Sources", "tooltip": "Files or folders to rename"},
      "name": {"type": "str", "label": "New name", "tooltip": "The extension stays where this has none"},
      "force": {"type": "bool", "value": false, "label": "Override", "tooltip": "Without asking"}}})";
  // "name" is its own already.
  Rename() noexcept : PlacingCommand("new_name") {}
  task<json> execute(CommandContext& context) override;
};

}  // namespace silex::commands
