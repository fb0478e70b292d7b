// The runner's prompts: what users are asked, and what they answer.
#include "action/run/runner.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace silex::action {

namespace {

// Whether the answer says that the user goes on asking: {"ask_user": true} in the command.
bool asks_again(const Json& diff, const std::string& step, const std::string& command) {
  const Json* at = &diff;
  for (const std::string& key : {std::string("steps"), step, std::string("commands"), command}) {
    const auto found = at->is_object() ? at->find(key) : at->end();
    if (found == at->end()) return false;
    at = &*found;
  }
  return at->is_object() && at->value("ask_user", Json()) == Json(true);
}

// Whether the answer names commands, and none of those that wait: it was meant for an earlier prompt.
bool is_for_others(const Json& diff, const Action& action, const std::vector<At>& asked) {
  const auto steps = diff.find("steps");
  if (steps == diff.end() || !steps->is_object()) return false;
  bool names_any = false;
  for (const auto& [step, part] : steps->items()) {
    const auto commands = part.is_object() ? part.find("commands") : part.end();
    if (!part.is_object() || commands == part.end() || !commands->is_object()) continue;
    for (const auto& [command, ignored] : commands->items()) {
      names_any = true;
      for (const At at : asked) {
        const Step& of = action.steps[at.step];
        if (of.name == step && of.commands[at.command].name == command) return false;
      }
    }
  }
  return names_any;
}

std::string nameless(const std::string& parameter) {
  return "the parameter '" + parameter + "' ";
}

}  // namespace

std::vector<At> Runner::to_be_asked(At first) const {
  std::vector<At> asked;
  for (At at = first; at.step < live_.get().steps.size(); ++at.step, at.command = 0) {
    for (; at.command < count(at.step); ++at.command) {
      const auto known = called_.find(command(at).uuid);
      const bool is_answered = known != called_.end() && known->second.answered;
      if (command(at).skip) continue;
      if (is_answered || !needs_answer(command(at))) return asked;
      asked.push_back(at);
    }
  }
  return asked;
}

task<> Runner::ask(std::vector<At> commands) {
  for (const At at : commands) {
    Called& call_of = called(at);
    if (!call_of.known) refuse(at, {"no loaded pack has the command '" + command(at).path + "'"});
    call_of.asked = call_of.asked || command(at).ask_user;
    // Nobody can answer what he does not see.
    live_.set_hide(at, false);
    live_.set_step_hide(at.step, false);
    co_await set_up(at);
  }
  for (const At at : commands) live_.set_status(at, Status::waiting_for_response);
  asking_ = commands;
  asks_again_ = false;
  answer_.reset();
  try {
    for (;;) {
      if (co_await answer_.wait([this] { answer_.set(); })) throw Cancelled();
      if (!asks_again_) break;
      // One that comes while they are set up counts, too.
      asks_again_ = false;
      answer_.reset();
      for (const At at : commands) co_await set_up(at);
    }
  } catch (...) {
    // Nobody waits for an answer any more; what comes lets the action go on.
    asking_.clear();
    for (const At at : commands) {
      // But for the one that has failed.
      if (live_.has(at) && command(at).status == Status::waiting_for_response) {
        live_.set_status(at, Status::initialized);
      }
    }
    throw;
  }
  asking_.clear();
  for (const At at : commands) {
    called(at).answered = true;
    live_.set_ask_user(at, false);
    live_.set_status(at, Status::initialized);
  }
}

// {"execution_type": PAUSE} stops before the next command; FORWARD goes on, with "step_by_step" for one
// command.
bool Runner::steered(const Json& diff) {
  const auto type = diff.is_object() ? diff.find("execution_type") : diff.end();
  if (!diff.is_object() || type == diff.end()) return false;
  const bool goes_on = *type == static_cast<int>(ExecutionType::forward);
  const bool holds = *type == static_cast<int>(ExecutionType::pause);
  const bool is_forward = is_driving_ && present_.direction == Direction::forward;
  if (goes_on) steps_once_ = diff.value("step_by_step", Json()) == Json(true);
  // A user may press pause in the moment in which a prompt opens: that answers nothing.
  if (holds && !diff.contains("steps")) {
    is_paused_ = is_paused_ || is_forward;
    return true;
  }
  // At rest and at a prompt, whatever comes lets it go on.
  if (!goes_on || !is_forward || !asking_.empty()) return false;
  is_paused_ = false;
  resumed_.set();
  return true;
}

void Runner::answered(const Json& diff) {
  if (is_closing_ || steered(diff)) return;
  std::erase_if(asking_, [this](At at) { return !live_.has(at); });
  if (asking_.empty() && (is_driving_ || live_.status() == Status::completed)) {
    stage_->context.log(SILEX_LOG_WARNING, "an answer came for the action '" + live_.get().name +
                                               "', which waits for none: ignored");
    return;
  }
  if (!asking_.empty() && is_for_others(diff, live_.get(), asking_)) {
    stage_->context.log(SILEX_LOG_WARNING, "an answer came for the action '" + live_.get().name +
                                               "', to a prompt that is over: ignored");
    return;
  }
  const std::vector<std::string> refusals = live_.answer(diff);
  if (asking_.empty()) {
    // After an undo, an error or a cancellation, the user goes on.
    if (!is_executing_.exchange(true)) wish(Direction::forward, 0, options_.on_end);
    return;
  }
  for (const std::string& refusal : refusals) live_.log(asking_.front(), LogLevel::warning, refusal);
  asks_again_ = !refusals.empty() || std::any_of(asking_.begin(), asking_.end(), [&](At at) {
    return asks_again(diff, live_.get().steps[at.step].name, command(at).name);
  });
  answer_.set();
}

task<Json> Runner::prompt(At at, Json request) {
  std::vector<std::string> errors;
  std::vector<Parameter> questions;
  if (!request.is_object())
    errors.push_back("a prompt is " + describe(request) + "; allowed: {name: parameter}");
  if (!asking_.empty()) errors.emplace_back("a prompt is open already; one at a time");
  if (errors.empty()) {
    for (const auto& [name, question] : request.items()) {
      questions.push_back(make_parameter(read_parameter(name, question, errors)));
    }
  }
  if (!errors.empty()) throw Error(SILEX_ERROR_INVALID_ARGUMENT, errors.front());
  const auto value_of = [&](const Parameter& question) -> const Json& {
    const auto& parameters = command(at).parameters;
    return std::find_if(parameters.begin(), parameters.end(),
                        [&](const Parameter& parameter) { return parameter.name == question.name; })
        ->value;
  };
  Json answer = Json::object();
  if (options_.batch) {
    for (const Parameter& question : questions) answer[question.name] = question.value;
    co_return answer;
  }
  const std::vector<Parameter> before = command(at).parameters;
  const bool hid = command(at).hide;
  const bool hid_step = live_.get().steps[at.step].hide;
  const bool hid_parameters = command(at).hide_parameters;
  for (std::size_t index = 0; index < before.size(); ++index) live_.set_parameter_hide(at, index, true);
  for (const Parameter& question : questions) live_.put_parameter(at, question);
  live_.set_hide_parameters(at, false);
  const std::vector<At> alone{at};
  std::exception_ptr failure;
  try {
    for (;;) {
      co_await ask(alone);
      live_.set_status(at, Status::processing);
      const auto missing = std::find_if(questions.begin(), questions.end(), [&](const Parameter& question) {
        return !question.hide && value_of(question).is_null();
      });
      if (missing == questions.end()) break;
      live_.log(at, LogLevel::warning, nameless(missing->name) + "needs a value");
    }
    for (const Parameter& question : questions) answer[question.name] = value_of(question);
  } catch (...) {
    failure = std::current_exception();
  }
  // The service forgets no parameter: what was asked stays, hidden.
  for (const Parameter& question : questions) {
    const auto& parameters = command(at).parameters;
    for (std::size_t index = 0; index < parameters.size(); ++index) {
      if (parameters[index].name == question.name) live_.set_parameter_hide(at, index, true);
    }
  }
  for (std::size_t index = 0; index < before.size(); ++index) {
    const bool was_replaced = command(at).parameters[index].uuid != before[index].uuid;
    if (was_replaced) live_.put_parameter(at, before[index]);
    live_.set_parameter_hide(at, index, before[index].hide);
  }
  live_.set_hide_parameters(at, hid_parameters);
  live_.set_hide(at, hid);
  live_.set_step_hide(at.step, hid_step);
  if (failure) std::rethrow_exception(failure);
  co_return answer;
}

std::string Runner::edit(At at, const Json& change) {
  if (!change.is_object()) return "the change is " + describe(change) + "; allowed: an object";
  std::vector<std::string> errors;
  const auto flag = [&](const Json& in, const char* key, const std::string& whose) {
    const auto found = in.find(key);
    if (found != in.end() && !found->is_boolean()) errors.push_back(whose + key + " is " + describe(*found));
  };
  const auto text = [&](const Json& in, const char* key, const std::string& whose) {
    const auto found = in.find(key);
    if (found != in.end() && !found->is_string()) errors.push_back(whose + key + " is " + describe(*found));
  };
  const auto common = [&](const Json& in, const std::string& whose) {
    flag(in, "hide", whose);
    text(in, "label", whose);
    text(in, "tooltip", whose);
  };
  common(change, "its ");
  flag(change, "hide_parameters", "its ");
  const Json none = Json::object();
  const auto found = change.find("parameters");
  const Json& parts = found != change.end() && found->is_object() ? *found : none;
  std::vector<Parameter> parameters;
  for (const auto& [name, part] : parts.items()) {
    const auto& all = command(at).parameters;
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&name = name](const Parameter& other) { return other.name == name; });
    if (known == all.end()) {
      parameters.push_back(make_parameter(read_parameter(name, part, errors)));
      continue;
    }
    if (!part.is_object()) {
      errors.push_back(nameless(name) + "is " + describe(part));
      continue;
    }
    common(part, nameless(name) + "has a ");
    Parameter edited = *known;
    if (part.contains("type")) {
      auto type = ParameterType::parse(part["type"]);
      if (const auto* misfit = std::get_if<Misfit>(&type)) {
        errors.push_back(nameless(name) + "has " + misfit->found);
      } else {
        edited.type = std::get<ParameterType>(std::move(type));
      }
    }
    if (part.contains("value")) {
      edited.value = part["value"];
      edited.output.reset();
    }
    if (const auto misfit = edited.type.cast(edited.value))
      errors.push_back(nameless(name) + "is " + misfit->found);
    if (!errors.empty()) continue;
    edited.label = part.value("label", edited.label);
    edited.tooltip = part.value("tooltip", edited.tooltip);
    edited.hide = part.value("hide", edited.hide);
    parameters.push_back(std::move(edited));
  }
  if (!errors.empty()) return errors.front();
  for (Parameter& parameter : parameters) live_.put_parameter(at, std::move(parameter));
  live_.set_label(at, change.value("label", command(at).label));
  live_.set_tooltip(at, change.value("tooltip", command(at).tooltip));
  live_.set_hide_parameters(at, change.value("hide_parameters", command(at).hide_parameters));
  live_.set_hide(at, change.value("hide", command(at).hide));
  return "";
}

}  // namespace silex::action
