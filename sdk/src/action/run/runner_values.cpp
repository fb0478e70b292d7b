// What the runner hands to commands: parameters, and outputs of other commands in them.
#include "action/run/runner.hpp"

#include <utility>

namespace silex::action {

namespace {

// References that lead to references: more of them lead in a circle.
constexpr int kDeepest = 32;

}  // namespace

Json Runner::raw_parameters(At at) const {
  Json values = Json::object();
  for (const Parameter& parameter : command(at).parameters) values[parameter.name] = parameter.value;
  return values;
}

Json Runner::resolved_parameters(At at, std::vector<std::string>& problems) const {
  Json values = Json::object();
  for (const Parameter& parameter : command(at).parameters) {
    Json value = parameter.value;
    if (parameter.output) {
      const std::string problem = output_of(*parameter.output, value);
      if (!problem.empty()) problems.push_back("the parameter '" + parameter.name + "' is " + problem);
    } else if (value.is_null() && !parameter.hide && !command(at).hide_parameters) {
      problems.push_back("the parameter '" + parameter.name +
                         "' has no value; allowed: " + parameter.type.allowed());
    }
    if (const auto misfit = parameter.type.cast(value)) {
      problems.push_back("the parameter '" + parameter.name + "' is " + misfit->found +
                         "; allowed: " + misfit->allowed);
    }
    values[parameter.name] = std::move(value);
  }
  return values;
}

std::string Runner::output_of(const CommandOutput& output, Json& value, int depth) const {
  const std::string named = "the output of '" + to_text(output) + "'";
  const Command* const of = find_command(live_.get(), output);
  if (!of) return named + ", but there is no such command";
  const auto known = called_.find(of->uuid);
  const bool has_output = of->status == Status::completed && known != called_.end() && known->second.ran;
  if (!has_output) return named + ", which has not run";
  value = known->second.output;
  std::string problem = resolve_references(value, depth);
  for (const std::string& key : output.keys) {
    if (!problem.empty()) return problem;
    const auto found = value.is_object() ? value.find(key) : value.end();
    if (found == value.end()) return named + ", in which there is no '" + key + "'";
    Json part = *found;
    value = std::move(part);
    problem = resolve_references(value, depth);
  }
  return problem;
}

std::string Runner::resolve_references(Json& value, int depth) const {
  if (!value.is_structured()) return "";
  if (depth > kDeepest) return "an output that leads to itself";
  if (value.is_object() && value.size() == 1) {
    const auto reference = value.find(kCommandOutputTag);
    if (reference != value.end() && reference->is_string()) {
      const auto output = parse_command_output(reference->get<std::string>());
      if (!output) return "a reference to no command";
      return output_of(*output, value, depth + 1);
    }
  }
  for (Json& part : value) {
    std::string problem = resolve_references(part, depth);
    if (!problem.empty()) return problem;
  }
  return "";
}

Json Runner::outputs() const {
  Json outputs = Json::object();
  for (const Step& step : live_.get().steps) {
    for (const Command& command : step.commands) {
      const auto known = called_.find(command.uuid);
      if (command.status != Status::completed || known == called_.end() || !known->second.ran) continue;
      Json value = known->second.output;
      // What leads to a command that has not run stays as it is.
      static_cast<void>(resolve_references(value, 0));
      outputs[step.name][command.name] = std::move(value);
    }
  }
  return outputs;
}

}  // namespace silex::action
