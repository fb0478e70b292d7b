#include "action/definition/command_output.hpp"

#include <algorithm>
#include <iterator>

namespace silex::action {

std::optional<CommandOutput> parse_command_output(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(':', begin), text.size());
    if (end == begin) return std::nullopt;
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
    if (end + 1 == text.size()) return std::nullopt;  // a colon at the end
  }
  if (parts.empty()) return std::nullopt;
  if (parts.size() == 1) return CommandOutput{{}, parts[0], {}};
  return CommandOutput{
      parts[0], parts[1], {std::make_move_iterator(parts.begin() + 2), std::make_move_iterator(parts.end())}};
}

std::string to_text(const CommandOutput& output) {
  std::string text = output.step.empty() ? output.command : output.step + ":" + output.command;
  for (const std::string& key : output.keys) text += ":" + key;
  return text;
}

}  // namespace silex::action
