#include "action/model/build.hpp"

#include "action/types/read_value.hpp"
#include "yaml/nearest.hpp"

#include <algorithm>
#include <utility>

namespace silex::action {

namespace {

using yaml::Findings;

class Builder {
 public:
  Builder(const Catalogue& catalogue, const MakeUuid& make_uuid, Findings& findings)
      : catalogue_(catalogue), make_uuid_(make_uuid), findings_(findings) {}

  Action build(const ActionDefinition& definition);

 private:
  Step build(const StepDefinition& definition);
  Command build(const CommandDefinition& definition);
  void apply(const ParameterDefinition& definition, const std::string& command, Parameter& parameter);
  void refuse_parameter(const ParameterDefinition& definition, const CommandDeclaration& declaration);
  void refuse_path(const CommandDefinition& definition);
  void check_outputs(const Action& action, const ActionDefinition& definition);

  template <typename Definition, typename Part>
  void take_common(const Definition& definition, Part& part) {
    part.name = definition.name;
    part.label = definition.label.value_or(label_for(definition.name));
    part.hide = definition.hide.value_or(false);
    part.tooltip = definition.tooltip.value_or("");
    part.uuid = make_uuid_();
  }

  const Catalogue& catalogue_;
  const MakeUuid& make_uuid_;
  Findings& findings_;
};

Action Builder::build(const ActionDefinition& definition) {
  Action action;
  take_common(definition, action);
  action.thumbnail = definition.thumbnail.value_or("");
  action.shelf = definition.shelf.value_or("");
  for (const StepDefinition& step : definition.steps) action.steps.push_back(build(step));
  check_outputs(action, definition);
  return action;
}

Step Builder::build(const StepDefinition& definition) {
  Step step;
  take_common(definition, step);
  step.index = definition.index.value_or(0);
  for (const CommandDefinition& command : definition.commands) step.commands.push_back(build(command));
  return step;
}

Command Builder::build(const CommandDefinition& definition) {
  Command command;
  take_common(definition, command);
  command.path = definition.path.value_or("");
  command.skip = definition.skip.value_or(false);
  const CommandDeclaration* const declaration = catalogue_.find(command.path);
  if (!declaration) {
    if (!catalogue_.may_know(command.path)) refuse_path(definition);
    return command;
  }
  command.ask_user = definition.ask_user.value_or(declaration->ask_user);
  command.hide_parameters = declaration->hide_parameters;
  for (const auto& parameter : declaration->parameters)
    command.parameters.push_back(build_parameter(parameter, make_uuid_));
  for (const ParameterDefinition& given : definition.parameters) {
    const auto known = std::find_if(command.parameters.begin(), command.parameters.end(),
                                    [&given](const Parameter& p) { return p.name == given.name; });
    if (known == command.parameters.end()) {
      refuse_parameter(given, *declaration);
    } else {
      apply(given, command.name, *known);
    }
  }
  for (Parameter& parameter : command.parameters) {
    if (parameter.value.is_null() && !parameter.output) parameter.value = parameter.type.default_value();
  }
  return command;
}

void Builder::apply(const ParameterDefinition& definition, const std::string& command, Parameter& parameter) {
  if (definition.label) parameter.label = *definition.label;
  if (definition.tooltip) parameter.tooltip = *definition.tooltip;
  if (definition.hide) parameter.hide = *definition.hide || parameter.type.kind() == TypeKind::any;
  if (!definition.value) return;
  if (definition.value->tag == kCommandOutputTag) {
    parameter.output = parse_command_output(definition.value->text);
    parameter.value = nullptr;
    return;
  }
  parameter.value =
      read_value(*definition.value, parameter.type,
                 "the parameter '" + parameter.name + "' of the command '" + command + "'", findings_);
}

void Builder::refuse_path(const CommandDefinition& definition) {
  const auto paths = catalogue_.paths();
  findings_.add(finding_at(definition.place,
                           "the command " + yaml::in_quotes(definition.name) + " has the path " +
                               yaml::in_quotes(definition.path.value_or("")) + ", which no command has",
                           "the path of a command that is loaded",
                           yaml::nearest_name(definition.path.value_or(""), {paths.begin(), paths.end()})));
}

void Builder::refuse_parameter(const ParameterDefinition& definition, const CommandDeclaration& declaration) {
  std::vector<std::string_view> names;
  for (const auto& parameter : declaration.parameters) names.push_back(parameter.name);
  findings_.add(finding_at(definition.place,
                           "the unknown parameter " + yaml::in_quotes(definition.name) + " of the command " +
                               yaml::in_quotes(declaration.path),
                           names.empty() ? "no parameter" : yaml::any_of(names),
                           yaml::nearest_name(definition.name, names)));
}

// A step that is not there may come with another action into which this one is inserted; a command of a step
// that is there can't.
void Builder::check_outputs(const Action& action, const ActionDefinition& definition) {
  for (std::size_t s = 0; s < action.steps.size(); ++s) {
    for (std::size_t c = 0; c < action.steps[s].commands.size(); ++c) {
      for (const ParameterDefinition& given : definition.steps[s].commands[c].parameters) {
        if (!given.value || given.value->tag != kCommandOutputTag) continue;
        const auto output = parse_command_output(given.value->text);
        if (!output || output->step.empty()) continue;
        const auto step = std::find_if(action.steps.begin(), action.steps.end(),
                                       [&](const Step& other) { return other.name == output->step; });
        if (step == action.steps.end() || find_command(action, *output)) continue;
        std::vector<std::string_view> names;
        for (const Command& command : step->commands) names.push_back(command.name);
        findings_.add(finding_at(given.value->place,
                                 "the output of the command " + yaml::in_quotes(output->command) +
                                     ", which the step " + yaml::in_quotes(output->step) + " does not have",
                                 names.empty() ? "no command" : yaml::any_of(names),
                                 yaml::nearest_name(output->command, names)));
      }
    }
  }
}

}  // namespace

Parameter build_parameter(const ParameterDeclaration& declaration, const MakeUuid& make_uuid) {
  Parameter parameter;
  parameter.name = declaration.name;
  parameter.label = declaration.label.empty() ? label_for(declaration.name) : declaration.label;
  // What may be anything can't be edited.
  parameter.hide = declaration.hide || declaration.type.kind() == TypeKind::any;
  parameter.tooltip = declaration.tooltip;
  parameter.uuid = make_uuid();
  parameter.type = declaration.type;
  parameter.value = declaration.value;
  return parameter;
}

std::optional<Action> build_action(const ActionDefinition& definition, const Catalogue& catalogue,
                                   const MakeUuid& make_uuid, Findings& findings) {
  const std::size_t before = findings.size();
  Action action = Builder(catalogue, make_uuid, findings).build(definition);
  if (findings.size() != before) return std::nullopt;
  return action;
}

}  // namespace silex::action
