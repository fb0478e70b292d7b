#include "questions.hpp"

namespace silex::cli {

namespace {

// Calls function(step, command, name, parameter) for what the waiting commands ask.
template <typename Function>
void each_wanted(const WatchedAction& action, Function&& function) {
  for (const ShownCommand& command : action.commands()) {
    if (command.status != 2) continue;
    const json& of = action.state()["steps"][command.step]["commands"][command.name];
    for (const auto& [name, parameter] : of["parameters"].items()) {
      if (!parameter.value("hide", false)) function(command.step, command.name, name, parameter);
    }
  }
}

}  // namespace

json value_of(const std::string& text) {
  json value = json::parse(text, nullptr, false);
  // A version 1.10 is no 1.1, and an id of 23 digits no float.
  const bool is_kept = !value.is_discarded() && (!value.is_number() || value.dump() == text);
  return is_kept ? value : json(text);
}

std::vector<std::string> wanted_parameters(const WatchedAction& action) {
  std::vector<std::string> wanted;
  each_wanted(action, [&](const std::string& step, const std::string& command, const std::string& name,
                          const json& parameter) {
    if (parameter.value("value", json()).is_null()) wanted.push_back(step + ":" + command + ":" + name);
  });
  return wanted;
}

Questions::Questions(const WatchedAction& action) {
  each_wanted(action, [&](const std::string& step, const std::string& command, const std::string& name,
                          const json& parameter) {
    questions_.push_back({step, command, name, parameter});
  });
  for (const ShownCommand& command : action.commands()) {
    if (command.status == 2) diff_["steps"][command.step]["commands"][command.name]["ask_user"] = false;
  }
}

std::optional<std::string> Questions::next() const {
  if (at_ == questions_.size()) return std::nullopt;
  const Question& question = questions_[at_];
  const json value = question.parameter.value("value", json());
  std::string text = question.parameter.value("label", question.name) + " (" +
                     question.parameter["type"].value("name", "") + ")";
  if (!value.is_null()) text += " [" + (value.is_string() ? value.get<std::string>() : value.dump()) + "]";
  return text + ": ";
}

void Questions::answer(const std::string& line) {
  const Question& question = questions_[at_++];
  if (line.empty()) return;
  diff_["steps"][question.step]["commands"][question.command]["parameters"][question.name]["value"] =
      value_of(line);
}

}  // namespace silex::cli
