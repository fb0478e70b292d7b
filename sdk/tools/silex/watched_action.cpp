#include "watched_action.hpp"

#include <algorithm>
#include <utility>

namespace silex::cli {

namespace {

void merge(json& into, const json& diff) {
  if (!into.is_object() || !diff.is_object()) {
    into = diff;
    return;
  }
  for (const auto& [key, value] : diff.items()) merge(into[key], value);
}

// What a command has become, of one that is told as a whole.
json difference(const json& before, const json& command) {
  json changed = json::object();
  for (const auto& [key, value] : command.items()) {
    if (before.value(key, json()) != value) changed[key] = value;
  }
  return changed;
}

const json& part_of(const json& of, const char* key) {
  static const json none = json::object();
  const auto found = of.find(key);
  return found == of.end() ? none : *found;
}

// As they run; the object has those that were inserted last at its end.
std::vector<std::string> names_in_order(const json& steps) {
  std::vector<std::string> names;
  for (const auto& [name, step] : steps.items()) names.push_back(name);
  std::stable_sort(names.begin(), names.end(), [&](const std::string& left, const std::string& right) {
    return steps[left].value("index", 0) < steps[right].value("index", 0);
  });
  return names;
}

ShownCommand shown(const std::string& step, const std::string& name, const json& command) {
  const json progress = command.value("progress", json());
  return {step, name, command.value("label", name), command.value("status", 1),
          progress.is_number() ? progress.get<int>() : 0};
}

}  // namespace

WatchedAction::WatchedAction(Context context, const std::string& name, ActionOptions options)
    : name_(name), action_(context, name, listening(std::move(options), told_)) {}

ActionOptions WatchedAction::listening(ActionOptions options, std::shared_ptr<Told> told) {
  options.on_change = [told](const json& diff) {
    const std::lock_guard lock(told->mutex);
    told->diffs.push_back(diff);
  };
  options.on_end = [told](const ActionOutcome& outcome) {
    const std::lock_guard lock(told->mutex);
    told->outcomes.push_back(outcome);
  };
  return options;
}

void WatchedAction::update(const std::function<void(const ShownCommand&, const json&)>& changed) {
  std::vector<json> diffs;
  std::vector<ActionOutcome> outcomes;
  {
    const std::lock_guard lock(told_->mutex);
    diffs = std::exchange(told_->diffs, {});
    outcomes = std::exchange(told_->outcomes, {});
  }
  for (const json& diff : diffs) {
    const bool is_first = state_.empty();
    const bool is_whole = diff.contains("name");
    const json before = is_whole ? std::exchange(state_, diff) : json::object();
    if (!is_whole) merge(state_, diff);
    if (diff.contains("status") && diff["status"] != 0) has_ended_ = false;
    if (is_first || !diff.contains("steps")) continue;
    for (const std::string& step : names_in_order(state_["steps"])) {
      const json& part = part_of(diff["steps"], step.c_str());
      if (!part.contains("commands")) continue;
      const json none = json::object();
      const json known = before.value("steps", none).value(step, none).value("commands", none);
      for (const auto& [name, command] : part["commands"].items()) {
        const ShownCommand now = shown(step, name, state_["steps"][step]["commands"][name]);
        changed(now, is_whole ? difference(known.value(name, none), command) : command);
      }
    }
  }
  if (outcomes.empty()) return;
  outcome_ = outcomes.back();
  has_ended_ = true;
}

std::vector<ShownCommand> WatchedAction::commands() const {
  std::vector<ShownCommand> all;
  const json& steps = part_of(state_, "steps");
  for (const std::string& step : names_in_order(steps)) {
    const json& part = steps[step];
    if (part.value("hide", false)) continue;
    for (const auto& [name, command] : part_of(part, "commands").items()) {
      if (!command.value("hide", false)) all.push_back(shown(step, name, command));
    }
  }
  return all;
}

ShownCommand WatchedAction::present() const {
  const auto all = commands();
  for (const ShownCommand& command : all) {
    if (command.status > 1) return command;
  }
  for (const ShownCommand& command : all) {
    if (command.status == 1) return command;
  }
  return all.empty() ? ShownCommand{} : all.back();
}

int WatchedAction::percent() const {
  const auto all = commands();
  if (all.empty()) return state_.value("status", 1) == 0 ? 100 : 0;
  int sum = 0;
  for (const ShownCommand& command : all) {
    sum += command.status == 0 ? 100 : command.status == 3 ? command.progress : 0;
  }
  return sum / static_cast<int>(all.size());
}

}  // namespace silex::cli
