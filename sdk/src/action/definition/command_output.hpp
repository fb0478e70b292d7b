// A value that is another command's output: "step:command[:key...]", or "command" alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::action {

inline constexpr std::string_view kCommandOutputTag = "!command-output";

struct CommandOutput {
  std::string step;  // "": the first command of that name
  std::string command;
  std::vector<std::string> keys;  // into its output, one inside the other

  friend bool operator==(const CommandOutput&, const CommandOutput&) = default;
};

// Nothing where a part is empty.
std::optional<CommandOutput> parse_command_output(std::string_view text);
std::string to_text(const CommandOutput& output);

}  // namespace silex::action
