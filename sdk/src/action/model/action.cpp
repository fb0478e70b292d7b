#include "action/model/action.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace silex::action {

namespace {

class StatusSum {
 public:
  void add(const Step& step) {
    for (const Command& command : step.commands) {
      largest_ = std::max(largest_, command.status);
      some_completed_ = some_completed_ || command.status == Status::completed;
    }
  }
  [[nodiscard]] Status result() const {
    return largest_ == Status::initialized && some_completed_ ? Status::processing : largest_;
  }

 private:
  Status largest_ = Status::completed;
  bool some_completed_ = false;
};

}  // namespace

std::string_view name_of(LogLevel level) noexcept {
  static constexpr std::array<std::string_view, 6> names{"DEBUG", "INFO",     "WARNING",
                                                         "ERROR", "CRITICAL", "TRACEBACK"};
  const auto index = static_cast<std::size_t>(level);
  return index < names.size() ? names[index] : "INFO";
}

Status status_of(const Step& step) {
  StatusSum sum;
  sum.add(step);
  return sum.result();
}

Status status_of(const Action& action) {
  StatusSum sum;
  for (const Step& step : action.steps) sum.add(step);
  return sum.result();
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

Parameter* find_parameter(Action& action, std::string_view path) {
  std::array<std::string_view, 3> parts{};  // name, command, step
  std::size_t count = 0;
  std::string_view rest = path;
  for (;;) {
    if (count == parts.size()) return nullptr;
    const std::size_t colon = rest.rfind(':');
    parts.at(count++) = colon == std::string_view::npos ? rest : rest.substr(colon + 1);
    if (colon == std::string_view::npos) break;
    rest = rest.substr(0, colon);
  }
  // Two parts are a step and a name.
  const std::string_view step_name = count == 3 ? parts[2] : count == 2 ? parts[1] : "";
  const std::string_view command_name = count == 3 ? parts[1] : "";
  for (Step& step : action.steps) {
    if (count > 1 && step.name != step_name) continue;
    for (Command& command : step.commands) {
      if (count > 2 && command.name != command_name) continue;
      for (Parameter& parameter : command.parameters) {
        if (parameter.name == parts[0]) return &parameter;
      }
    }
  }
  return nullptr;
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
