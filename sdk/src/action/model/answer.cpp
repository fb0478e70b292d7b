#include "action/model/answer.hpp"

#include "net/merge.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace silex::action {

namespace {

// The member of that name, if it is a mapping.
const Json* mapping_in(const Json& diff, const char* name) {
  const auto known = diff.find(name);
  return known != diff.end() && known->is_object() ? &*known : nullptr;
}

class Answer {
 public:
  Answer(std::vector<std::string>& refusals, const std::function<void(const Change&)>& changed)
      : refusals_(refusals), changed_(changed) {}

  void apply(Action& action, const Json& diff);

 private:
  void apply(Step& step, const Json& diff);
  void apply(Command& command, const Json& diff);
  void apply(const Command& command, Parameter& parameter, const Json& diff);

  template <typename Part>
  void apply_common(Part& part, const Json& diff) {
    take_flag(part.hide, diff, "hide", part.name);
    const auto tooltip = diff.find("tooltip");
    if (tooltip == diff.end() || !tooltip->is_string() || *tooltip == Json(part.tooltip)) return;
    part.tooltip = tooltip->get<std::string>();
    tell("tooltip", part.tooltip);
  }
  void take_flag(bool& flag, const Json& diff, const char* name, const std::string& of);
  void tell(const char* member, Json value, Json before = nullptr) {
    at_.member = member;
    at_.value = std::move(value);
    at_.before = std::move(before);
    changed_(at_);
  }
  // Calls `apply` for each part that is a mapping and whose name is known.
  template <typename Part, typename Apply>
  static void each(std::vector<Part>& parts, const Part* Change::*place, Change& at, const Json* diffs,
                   Apply apply) {
    if (!diffs) return;
    for (Part& part : parts) {
      const Json* const diff = mapping_in(*diffs, part.name.c_str());
      if (!diff) continue;
      at.*place = &part;
      apply(part, *diff);
      at.*place = nullptr;
    }
  }

  std::vector<std::string>& refusals_;
  const std::function<void(const Change&)>& changed_;
  Change at_;
};

void Answer::take_flag(bool& flag, const Json& diff, const char* name, const std::string& of) {
  const auto known = diff.find(name);
  if (known == diff.end() || *known == Json(flag)) return;
  if (known->is_boolean()) {
    flag = known->get<bool>();
    tell(name, flag);
  } else {
    refusals_.push_back(std::string(name) + " of '" + of + "' is " + describe(*known) +
                        "; allowed: true or false");
  }
}

void Answer::apply(Action& action, const Json& diff) {
  apply_common(action, diff);
  each(action.steps, &Change::step, at_, mapping_in(diff, "steps"), [this](Step& step, const Json& part) {
    // The user never saw it.
    if (!step.hide) apply(step, part);
  });
}

void Answer::apply(Step& step, const Json& diff) {
  // Before what hides it, since that ends what is told of it.
  each(step.commands, &Change::command, at_, mapping_in(diff, "commands"),
       [this](Command& command, const Json& part) {
         if (!command.hide) apply(command, part);
       });
  apply_common(step, diff);
}

void Answer::apply(Command& command, const Json& diff) {
  take_flag(command.skip, diff, "skip", command.name);
  take_flag(command.ask_user, diff, "ask_user", command.name);
  take_flag(command.hide_parameters, diff, "hide_parameters", command.name);
  each(command.parameters, &Change::parameter, at_, mapping_in(diff, "parameters"),
       [&](Parameter& parameter, const Json& part) { apply(command, parameter, part); });
  apply_common(command, diff);
}

void Answer::apply(const Command& command, Parameter& parameter, const Json& diff) {
  apply_common(parameter, diff);
  const auto value = diff.find("value");
  if (value == diff.end()) return;
  // A UI sends back what it was sent: that is no value of its own.
  if (parameter.output && *value == Json(to_text(*parameter.output))) return;
  Json cast = parameter.output ? Json() : parameter.value;
  net::deep_merge(cast, *value);
  if (const auto misfit = parameter.type.cast(cast)) {
    refusals_.push_back("the parameter '" + parameter.name + "' of the command '" + command.name + "' is " +
                        misfit->found + "; allowed: " + misfit->allowed);
    return;
  }
  if (!parameter.output && parameter.value == cast) return;
  Json before = parameter.output ? Json() : std::exchange(parameter.value, nullptr);
  parameter.value = std::move(cast);
  parameter.output.reset();
  tell("value", parameter.value, std::move(before));
}

}  // namespace

std::vector<std::string> apply_answer(Action& action, const Json& diff,
                                      const std::function<void(const Change&)>& changed) {
  std::vector<std::string> refusals;
  if (diff.is_object()) Answer(refusals, changed).apply(action, diff);
  return refusals;
}

}  // namespace silex::action
