#include "action/definition/schema.hpp"

#include "action/definition/definition_keys.hpp"
#include "action/json.hpp"

#include <type_traits>

namespace silex::action {

namespace {

Json reference(const char* name) {
  return {{"$ref", std::string("#/definitions/") + name}};
}

template <typename Owner>
constexpr const char* kName = "parameter";
template <>
constexpr const char* kName<ActionDefinition> = "action";
template <>
constexpr const char* kName<StepDefinition> = "step";
template <>
constexpr const char* kName<CommandDefinition> = "command";

template <typename Owner>
Json schema_of(const DefinitionKey<Owner>& key) {
  if (std::holds_alternative<Text<Owner>>(key.target)) return {{"type", {"string", "number", "null"}}};
  if (std::holds_alternative<Flag<Owner>>(key.target)) return {{"type", {"boolean", "null"}}};
  if (std::holds_alternative<Whole<Owner>>(key.target)) {
    return {{"type", {"integer", "null"}}, {"minimum", kLeastIndex}, {"maximum", kMostIndex}};
  }
  if (std::holds_alternative<Value<Owner>>(key.target)) return Json::object();
  const bool is_tasks = std::holds_alternative<Tasks>(key.target);
  const char* const child = is_tasks ? kName<ActionDefinition> : kName<typename ChildOf<Owner>::type>;
  return {{"type", {"object", "null"}}, {"additionalProperties", reference(child)}};
}

// What every mapping may have beside its keys: those of an !inherit in front of it.
void add_inherit_keys(Json& properties) {
  properties["parent"] = {{"type", "string"},
                          {"description", "With !inherit: the action to take this from."}};
  properties["key"] = {{"type", "string"}, {"description", "With !inherit: which part of it, with dots."}};
  properties["category"] = {{"type", "string"}, {"description", "With !inherit: where the action is."}};
}

template <typename Owner>
Json schema() {
  Json properties = Json::object();
  for (const auto& key : definition_keys<Owner>()) {
    Json property = schema_of(key);
    property["description"] = std::string(key.docs);
    properties[std::string(key.name)] = std::move(property);
  }
  add_inherit_keys(properties);
  Json mapping = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  // A value alone is a parameter, and text or a list alone what !inherit stands before.
  const Json others = std::is_same_v<Owner, ParameterDefinition>
                          ? Json{{"type", {"string", "number", "boolean", "array", "null"}}}
                          : Json{{"type", {"string", "array", "null"}}};
  return {{"anyOf", {std::move(mapping), others}}};
}

}  // namespace

std::string definition_schema() {
  Json all = {{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "Silex action"},
              {"description",
               "<root>/<category>/<name>.yml: the action below its name. Tags: !inherit, !command-output."},
              {"type", "object"},
              {"additionalProperties", reference("action")},
              {"definitions", Json::object()}};
  all["definitions"]["action"] = schema<ActionDefinition>();
  all["definitions"]["step"] = schema<StepDefinition>();
  all["definitions"]["command"] = schema<CommandDefinition>();
  all["definitions"]["parameter"] = schema<ParameterDefinition>();
  return all.dump(2) + "\n";
}

}  // namespace silex::action
