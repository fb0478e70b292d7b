// What the runner's commands do with other actions: run them, and insert their steps.
#include "action/run/load_action.hpp"
#include "action/run/runner.hpp"

#include <utility>

namespace silex::action {

namespace {

[[noreturn]] void reject(const std::string& message, const std::string& detail = {}) {
  throw Error(SILEX_ERROR_INVALID_ARGUMENT, message, detail);
}

std::string text_in(const Json& request, const char* key, const std::string& otherwise) {
  const auto found = request.find(key);
  if (found == request.end() || found->is_null()) return otherwise;
  if (!found->is_string())
    reject(std::string("the action's ") + key + " is " + describe(*found) + "; allowed: text");
  return found->get<std::string>();
}

void set_parameters(Action& action, const Json& request) {
  const auto parameters = request.find("parameters");
  if (parameters == request.end() || parameters->is_null()) return;
  if (!parameters->is_object())
    reject("the action's parameters are " + describe(*parameters) + "; allowed: {path: value}");
  for (const auto& [path, value] : parameters->items()) {
    const auto place = find_parameter(action, path);
    if (!place) reject("the action '" + action.name + "' has no parameter '" + path + "'");
    Parameter& parameter = parameter_at(action, *place);
    Json cast = value;
    if (const auto misfit = parameter.type.cast(cast)) {
      reject("the parameter '" + path + "' of the action '" + action.name + "' is " + misfit->found +
             "; allowed: " + misfit->allowed);
    }
    parameter.value = std::move(cast);
    parameter.output.reset();
  }
}

}  // namespace

task<Action> Runner::load(Json request) {
  if (!request.is_object())
    reject("which action to run is " + describe(request) + "; allowed: {\"name\", ...}");
  Request wanted;
  wanted.name = text_in(request, "name", "");
  wanted.category = text_in(request, "category", std::string(kDefaultCategory));
  wanted.task_type = text_in(live_.get().context_metadata, "task_type", "");
  yaml::Findings findings;
  const auto read = [&] { return load_action(stage_->search_path, stage_->library, wanted, findings); };
  std::optional<Action> action = co_await stage_->context.worker(read);
  if (!action) reject(findings.summary(), findings.text());
  set_parameters(*action, request);
  action->context_metadata = live_.get().context_metadata;
  action->simplify = live_.get().simplify;
  co_return std::move(*action);
}

task<Json> Runner::run_action(At at, Json request) {
  Action action = co_await load(std::move(request));
  const std::string name = action.name;
  RunnerOptions options;
  options.batch = options_.batch;
  const auto nested = std::make_shared<Runner>(stage_, std::move(action), std::move(options));
  stage_->table->know(nested->uuid(), nested);
  called(at).nested.push_back(nested);
  nested->show();
  Outcome outcome;
  Signal ended;
  nested->is_executing_ = true;
  nested->wish(Direction::forward, 0, [&](const Outcome& told) {
    outcome = told;
    ended.set();
  });
  const auto stop = [nested] { nested->request_stop(); };
  co_await ended.wait(stop);
  if (outcome.end == SILEX_ACTION_CANCELLED) throw Cancelled();
  if (outcome.end != SILEX_ACTION_COMPLETED) {
    throw Error(SILEX_ERROR_EXCEPTION,
                "the action '" + name + "' failed at " + outcome.command + ": " + outcome.message,
                outcome.detail);
  }
  co_return nested->outputs();
}

Json Runner::insert(At at, Action other, const Json& request) {
  const std::string label = text_in(request, "label", "");
  const bool hide = request.value("hide_commands", Json(false)) == Json(true);
  Json names = Json::object();
  for (Step& step : other.steps) {
    std::string name = step.name;
    for (int number = 2; !step_names_.insert(name).second; ++number)
      name = step.name + "_" + std::to_string(number);
    names[step.name] = name;
  }
  for (Step& step : other.steps) {
    for (Command& inserted : step.commands) {
      inserted.hide = inserted.hide || hide;
      for (Parameter& parameter : inserted.parameters) {
        if (!parameter.output) continue;
        // "command" alone means one of its own steps, if any has it.
        for (const Step& own : other.steps) {
          if (!parameter.output->step.empty()) break;
          for (const Command& of : own.commands) {
            if (of.name == parameter.output->command) parameter.output->step = own.name;
          }
        }
      }
    }
  }
  for (Step& step : other.steps) {
    for (Command& inserted : step.commands) {
      for (Parameter& parameter : inserted.parameters) {
        if (parameter.output && names.contains(parameter.output->step)) {
          parameter.output->step = names[parameter.output->step].get<std::string>();
        }
      }
    }
  }
  for (Step& step : other.steps) {
    step.name = names[step.name].get<std::string>();
    if (!label.empty()) step.label = label;
    called(at).inserted.push_back(step.name);
  }
  live_.insert_steps(at.step, std::move(other.steps));
  return names;
}

void Runner::remove_inserted(At at) {
  for (const std::string& step : std::exchange(called(at).inserted, {})) live_.remove_step(step);
}

void Runner::exit_step(At at) {
  for (At next{at.step, at.command + 1}; next.command < count(at.step); ++next.command) {
    if (command(next).skip || command(next).status == Status::completed) continue;
    live_.set_skip(next, true);
    called(at).skipped.push_back(command(next).uuid);
  }
}

}  // namespace silex::action
