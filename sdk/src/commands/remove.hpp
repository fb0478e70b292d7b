// Remove and MakeDirectories.
#pragma once

#include "commands/file_command.hpp"

namespace silex::commands {

struct Remove : FileCommand {
  static constexpr const char* declaration = R"({
    "path": "silex.Remove", "aliases": ["silex_client.commands.remove.Remove"],
    "parameters": {
      "file_path": {"type": {"name": "Path", "multiple": true}, "label": "Files",
                    "tooltip": "Files or folders to remove"}}})";
  task<json> execute(CommandContext& context) override;
};

struct MakeDirectories : FileCommand {
  static constexpr const char* declaration = R"({
    "path": "silex.MakeDirectories",
    "parameters": {
      "path": {"type": {"name": "Path", "multiple": true}, "label": "Folders",
               "tooltip": "Made where they are missing, with those on the way"}}})";
  task<json> execute(CommandContext& context) override;
};

}  // namespace silex::commands
