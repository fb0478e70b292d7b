#include "action/model/wire.hpp"

namespace silex::action {

namespace {

// What action, step, command and parameter have in common.
template <typename Part>
Json common(const Part& part) {
  return {{"name", part.name},
          {"label", part.label},
          {"hide", part.hide},
          {"tooltip", part.tooltip},
          {"uuid", part.uuid}};
}

int number_of(Status status) {
  return static_cast<int>(status);
}

}  // namespace

Json to_wire(const Parameter& parameter) {
  Json wire = common(parameter);
  wire["type"] = parameter.type.to_wire();
  wire["value"] = parameter.output ? Json(to_text(*parameter.output)) : parameter.value;
  return wire;
}

Json to_wire(const std::vector<LogLine>& logs) {
  Json wire = Json::array();
  for (const LogLine& line : logs) {
    if (line.level == LogLevel::debug) continue;
    wire.push_back({{"level", name_of(line.level)}, {"message", line.message}});
  }
  return wire;
}

Json to_wire(const Command& command) {
  Json wire = common(command);
  wire["path"] = command.path;
  wire["hide_parameters"] = command.hide_parameters;
  wire["ask_user"] = command.ask_user;
  wire["status"] = number_of(command.status);
  wire["skip"] = command.skip;
  wire["progress"] = command.progress ? Json(*command.progress) : Json();
  wire["logs"] = to_wire(command.logs);
  wire["parameters"] = Json::object();
  for (const Parameter& parameter : command.parameters)
    wire["parameters"][parameter.name] = to_wire(parameter);
  return wire;
}

Json to_wire(const Step& step) {
  Json wire = common(step);
  wire["index"] = step.index;
  wire["status"] = number_of(status_of(step));
  wire["commands"] = Json::object();
  for (const Command& command : step.commands) {
    if (!command.hide) wire["commands"][command.name] = to_wire(command);
  }
  return wire;
}

Json to_wire(const Action& action) {
  Json wire = common(action);
  wire["simplify"] = action.simplify;
  wire["status"] = number_of(status_of(action));
  wire["execution_type"] = static_cast<int>(action.execution_type);
  wire["thumbnail"] = action.thumbnail;
  wire["shelf"] = action.shelf;
  wire["context_metadata"] = action.context_metadata;
  wire["steps"] = Json::object();
  for (const Step& step : action.steps) {
    if (!step.hide) wire["steps"][step.name] = to_wire(step);
  }
  return wire;
}

}  // namespace silex::action
