#include "action/run/live_action.hpp"

#include "action/model/answer.hpp"
#include "action/model/wire.hpp"
#include "net/merge.hpp"

#include <algorithm>
#include <cassert>

namespace silex::action {

namespace {

// How far apart the indices of inserted steps are.
constexpr std::int64_t kIndexMargin = 10;

}  // namespace

LiveAction::LiveAction(Action action, std::function<void()> changed)
    : changed_(std::move(changed)), action_(std::move(action)) {
  recount();
}

template <typename Change>
void LiveAction::change(Change&& change) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    const bool before = has_changes();
    change();
    first = !before && has_changes();
  }
  if (first) changed_();
}

Json* LiveAction::told(std::size_t step) {
  const Step& of = action_.steps[step];
  return of.hide ? nullptr : &changes_["steps"][of.name];
}

Json* LiveAction::told(At at) {
  const Command& of = command(at);
  if (of.hide) return nullptr;
  Json* const step = told(at.step);
  return step ? &(*step)["commands"][of.name] : nullptr;
}

Json* LiveAction::told(At at, std::size_t parameter) {
  Json* const of = told(at);
  return of ? &(*of)["parameters"][command(at).parameters[parameter].name] : nullptr;
}

template <typename... Where>
void LiveAction::tell(const char* member, Json value, Where... where) {
  if (Json* const in = told(where...)) (*in)[member] = std::move(value);
}

// Also of what is hidden: the service may have it from before.
void LiveAction::replaces(const Json& before, const Json& now) {
  needs_whole_ = needs_whole_ || !net::can_merge(before, now);
}

void LiveAction::recount() {
  tally_ = {};
  step_tallies_.assign(action_.steps.size(), {});
  for (std::size_t step = 0; step < action_.steps.size(); ++step) {
    for (const Command& of : action_.steps[step].commands) {
      tally_.add(of.status);
      step_tallies_[step].add(of.status);
    }
  }
}

void LiveAction::tell_statuses(std::size_t step, Status step_before, Status action_before) {
  const Status now = step_tallies_[step].status();
  if (now != step_before) tell("status", static_cast<int>(now), step);
  if (tally_.status() != action_before) changes_["status"] = static_cast<int>(tally_.status());
}

void LiveAction::set_execution_type(ExecutionType type) {
  if (action_.execution_type == type) return;
  change([&] {
    action_.execution_type = type;
    changes_["execution_type"] = static_cast<int>(type);
  });
}

void LiveAction::set_status(At at, Status status) {
  if (command(at).status == status) return;
  change([&] {
    const Status step_before = step_tallies_[at.step].status();
    const Status action_before = tally_.status();
    Command& of = this->at(at);
    tally_.remove(of.status);
    step_tallies_[at.step].remove(of.status);
    of.status = status;
    tally_.add(status);
    step_tallies_[at.step].add(status);
    tell("status", static_cast<int>(status), at);
    tell_statuses(at.step, step_before, action_before);
  });
}

void LiveAction::set_progress(At at, std::optional<int> percent) {
  if (command(at).progress == percent) return;
  change([&] {
    this->at(at).progress = percent;
    tell("progress", percent ? Json(*percent) : Json(), at);
  });
}

void LiveAction::log(At at, LogLevel level, std::string message) {
  change([&] {
    auto& logs = this->at(at).logs;
    if (logs.size() >= kMostLogLines) {
      logs.erase(logs.begin(), logs.begin() + kMostLogLines / 10);
    }
    logs.push_back({level, std::move(message)});
    if (level != LogLevel::debug) logged_.insert(at);
  });
}

void LiveAction::set_ask_user(At at, bool ask_user) {
  if (command(at).ask_user == ask_user) return;
  change([&] {
    this->at(at).ask_user = ask_user;
    tell("ask_user", ask_user, at);
  });
}

void LiveAction::set_skip(At at, bool skip) {
  if (command(at).skip == skip) return;
  change([&] {
    this->at(at).skip = skip;
    tell("skip", skip, at);
  });
}

void LiveAction::set_hide(At at, bool hide) {
  if (command(at).hide == hide) return;
  change([&] {
    // What is hidden is not told, but that it is hidden is; and what is shown is told as a whole.
    if (hide) tell("hide", true, at);
    this->at(at).hide = hide;
    if (!hide) {
      if (Json* const whole = told(at)) *whole = to_wire(command(at));
    }
  });
}

void LiveAction::set_step_hide(std::size_t step, bool hide) {
  if (action_.steps[step].hide == hide) return;
  change([&] {
    Step& of = action_.steps[step];
    if (hide) tell("hide", true, step);
    of.hide = hide;
    if (hide) return;
    *told(step) = to_wire(of);
    // Those that were hidden meanwhile are still there for the service.
    needs_whole_ = needs_whole_ || std::any_of(of.commands.begin(), of.commands.end(),
                                               [](const Command& command) { return command.hide; });
  });
}

void LiveAction::set_hide_parameters(At at, bool hide) {
  if (command(at).hide_parameters == hide) return;
  change([&] {
    this->at(at).hide_parameters = hide;
    tell("hide_parameters", hide, at);
  });
}

void LiveAction::set_label(At at, std::string label) {
  if (command(at).label == label) return;
  change([&] {
    tell("label", label, at);
    this->at(at).label = std::move(label);
  });
}

void LiveAction::set_tooltip(At at, std::string tooltip) {
  if (command(at).tooltip == tooltip) return;
  change([&] {
    tell("tooltip", tooltip, at);
    this->at(at).tooltip = std::move(tooltip);
  });
}

void LiveAction::set_value(At at, std::size_t parameter, Json value) {
  const Parameter& before = command(at).parameters[parameter];
  if (!before.output && before.value == value) return;
  change([&] {
    Parameter& of = this->at(at).parameters[parameter];
    if (!of.output) replaces(of.value, value);
    of.value = std::move(value);
    of.output.reset();
    tell("value", of.value, at, parameter);
  });
}

void LiveAction::set_parameter_hide(At at, std::size_t parameter, bool hide) {
  if (command(at).parameters[parameter].hide == hide) return;
  change([&] {
    this->at(at).parameters[parameter].hide = hide;
    tell("hide", hide, at, parameter);
  });
}

void LiveAction::set_parameter_label(At at, std::size_t parameter, std::string label) {
  if (command(at).parameters[parameter].label == label) return;
  change([&] {
    tell("label", label, at, parameter);
    this->at(at).parameters[parameter].label = std::move(label);
  });
}

void LiveAction::set_parameter_tooltip(At at, std::size_t parameter, std::string tooltip) {
  if (command(at).parameters[parameter].tooltip == tooltip) return;
  change([&] {
    tell("tooltip", tooltip, at, parameter);
    this->at(at).parameters[parameter].tooltip = std::move(tooltip);
  });
}

void LiveAction::put_parameter(At at, Parameter parameter) {
  change([&] {
    auto& parameters = this->at(at).parameters;
    auto known = std::find_if(parameters.begin(), parameters.end(),
                              [&](const Parameter& other) { return other.name == parameter.name; });
    if (known == parameters.end()) {
      parameters.push_back(std::move(parameter));
      known = std::prev(parameters.end());
    } else {
      replaces(to_wire(*known), to_wire(parameter));
      *known = std::move(parameter);
    }
    if (Json* const whole = told(at, static_cast<std::size_t>(known - parameters.begin()))) {
      *whole = to_wire(*known);
    }
  });
}

std::vector<std::string> LiveAction::answer(const Json& diff) {
  std::vector<std::string> refusals;
  change([&] {
    refusals = apply_answer(action_, diff, [this](const Change& changed) {
      Json* in = &changes_;
      if (changed.step) in = &(*in)["steps"][changed.step->name];
      if (changed.command) in = &(*in)["commands"][changed.command->name];
      if (changed.parameter) in = &(*in)["parameters"][changed.parameter->name];
      replaces(changed.before, changed.value);
      (*in)[changed.member] = changed.value;
    });
  });
  return refusals;
}

void LiveAction::insert_steps(std::size_t after, std::vector<Step> steps) {
  assert(after < action_.steps.size());
  if (steps.empty()) return;
  change([&] {
    tell_logs();  // these go by positions
    const Status action_before = tally_.status();
    std::int64_t index = action_.steps[after].index;
    for (Step& step : steps) step.index = index += kIndexMargin;
    for (std::size_t next = after + 1; next < action_.steps.size(); ++next) {
      Step& follower = action_.steps[next];
      if (follower.index > index) break;
      follower.index = index += kIndexMargin;
      tell("index", follower.index, next);
    }
    const auto place = action_.steps.begin() + static_cast<std::ptrdiff_t>(after) + 1;
    const std::size_t count = steps.size();
    action_.steps.insert(place, std::make_move_iterator(steps.begin()), std::make_move_iterator(steps.end()));
    recount();
    for (std::size_t added = after + 1; added <= after + count; ++added) {
      if (Json* const whole = told(added)) *whole = to_wire(action_.steps[added]);
    }
    if (tally_.status() != action_before) changes_["status"] = static_cast<int>(tally_.status());
  });
}

void LiveAction::remove_step(const std::string& name) {
  const auto known = std::find_if(action_.steps.begin(), action_.steps.end(),
                                  [&](const Step& step) { return step.name == name; });
  if (known == action_.steps.end()) return;
  change([&] {
    tell_logs();
    const Status action_before = tally_.status();
    // Nothing is ever removed at the service.
    tell("hide", true, static_cast<std::size_t>(known - action_.steps.begin()));
    action_.steps.erase(known);
    recount();
    if (tally_.status() != action_before) changes_["status"] = static_cast<int>(tally_.status());
  });
}

void LiveAction::tell_logs() {
  for (const At at : logged_) {
    if (Json* const in = told(at)) (*in)["logs"] = to_wire(command(at).logs);
  }
  logged_.clear();
}

Json LiveAction::take_whole() {
  const std::lock_guard lock(mutex_);
  changes_ = nullptr;
  logged_.clear();
  needs_whole_ = false;
  return to_wire(action_);
}

Json LiveAction::take_changes() {
  const std::lock_guard lock(mutex_);
  tell_logs();
  Json diff = std::exchange(changes_, nullptr);
  if (!diff.is_null()) diff["uuid"] = action_.uuid;
  return diff;
}

}  // namespace silex::action
