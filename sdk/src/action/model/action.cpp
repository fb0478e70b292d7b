#include "action/model/action.hpp"

#include "action/model/tally.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace silex::action {

namespace {

void add(Tally& tally, const Step& step) {
  for (const Command& command : step.commands) tally.add(command.status);
}

}  // namespace

std::string_view name_of(LogLevel level) noexcept {
  static constexpr std::array<std::string_view, 6> names{"DEBUG", "INFO",     "WARNING",
                                                         "ERROR", "CRITICAL", "TRACEBACK"};
  const auto index = static_cast<std::size_t>(level);
  return index < names.size() ? names[index] : "INFO";
}

Status status_of(const Step& step) {
  Tally tally;
  add(tally, step);
  return tally.status();
}

Status status_of(const Action& action) {
  Tally tally;
  for (const Step& step : action.steps) add(tally, step);
  return tally.status();
}

std::string label_for(std::string_view name) {
  std::string label;
  bool begins_word = true;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    // A byte of a letter outside ASCII stays as it is.
    const bool stays = std::isalnum(byte) || byte >= 0x80;
    if (!stays) {
      label += ' ';
    } else {
      label += static_cast<char>(begins_word ? std::toupper(byte) : std::tolower(byte));
    }
    // As Python's str.title(): a letter after a digit begins a word too.
    begins_word = !stays || std::isdigit(byte);
  }
  return label;
}

bool needs_answer(const Command& command) {
  if (command.ask_user) return true;
  if (command.hide_parameters) return false;
  return std::any_of(command.parameters.begin(), command.parameters.end(), [](const Parameter& parameter) {
    return !parameter.hide && parameter.value.is_null() && !parameter.output;
  });
}

std::optional<ParameterPlace> find_parameter(const Action& action, std::string_view path) {
  std::array<std::string_view, 3> parts{};  // name, command, step
  std::size_t count = 0;
  std::string_view rest = path;
  for (;;) {
    if (count == parts.size()) return std::nullopt;
    const std::size_t colon = rest.rfind(':');
    parts.at(count++) = colon == std::string_view::npos ? rest : rest.substr(colon + 1);
    if (parts.at(count - 1).empty()) return std::nullopt;
    if (colon == std::string_view::npos) break;
    rest = rest.substr(0, colon);
  }
  const auto find = [&](std::string_view step, std::string_view command) -> std::optional<ParameterPlace> {
    ParameterPlace at;
    for (at.step = 0; at.step < action.steps.size(); ++at.step) {
      const Step& in = action.steps[at.step];
      if (!step.empty() && in.name != step) continue;
      for (at.command = 0; at.command < in.commands.size(); ++at.command) {
        const Command& of = in.commands[at.command];
        if (!command.empty() && of.name != command) continue;
        for (at.parameter = 0; at.parameter < of.parameters.size(); ++at.parameter) {
          if (of.parameters[at.parameter].name == parts[0]) return at;
        }
      }
    }
    return std::nullopt;
  };
  if (count == 3) return find(parts[2], parts[1]);
  // Of two parts, the first is a step's name; or a command's, as existing callers have it.
  const auto found = find(parts[1], "");
  return found || count == 1 ? found : find("", parts[1]);
}

const Command* find_command(const Action& action, const CommandOutput& output) {
  for (const Step& step : action.steps) {
    if (!output.step.empty() && step.name != output.step) continue;
    for (const Command& command : step.commands) {
      if (command.name == output.command) return &command;
    }
  }
  return nullptr;
}

}  // namespace silex::action
