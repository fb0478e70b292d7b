#include "action/definition/definition_reader.hpp"

#include "action/definition/command_output.hpp"
#include "action/definition/definition_keys.hpp"
#include "action/definition/inherit.hpp"
#include "action/definition/patch.hpp"
#include "yaml/nearest.hpp"
#include "yaml/scalar.hpp"

#include <algorithm>
#include <memory>
#include <type_traits>
#include <utility>

namespace silex::action {

namespace {

using yaml::Entry;
using yaml::Findings;
using yaml::Kind;
using yaml::Node;
using yaml::NodePtr;
using yaml::ScalarType;

template <typename Owner>
constexpr const char* kWhat = "parameter";
template <>
constexpr const char* kWhat<ActionDefinition> = "action";
template <>
constexpr const char* kWhat<StepDefinition> = "step";
template <>
constexpr const char* kWhat<CommandDefinition> = "command";

class Reader {
 public:
  // Of a part that is patched over the rest: what must be there may be there.
  Reader(bool is_part, Findings& findings, const Inheritance* inheritance)
      : is_part_(is_part), findings_(findings), inheritance_(inheritance) {}

  template <typename Owner>
  void read(const Node& node, Owner& owner);
  // Where names stand: whether it is none, but a misspelt key of an !inherit. Then it is a finding.
  bool refuse_misspelt(const Entry& entry, const char* what);

 private:
  template <typename Owner>
  void assign(const DefinitionKey<Owner>& key, const Node& value, Owner& owner);
  template <typename Owner>
  void read_children(const DefinitionKey<Owner>& key, const Node& value,
                     std::vector<typename ChildOf<Owner>::type>& children);
  void read_parameter(const Entry& entry, ParameterDefinition& parameter);
  void check_path(const CommandDefinition& command);
  void check_value(const Node& value, bool is_whole);
  void refuse(const Node& value, std::string_view key, std::string allowed) {
    findings_.add(finding_at(value.place, std::string(key) + " is " + describe(value), std::move(allowed)));
  }

  [[nodiscard]] bool is_beside_inherit(const Entry& entry) const {
    return inheritance_ && inheritance_->has_beside(entry.place);
  }

  bool is_part_;
  Findings& findings_;
  const Inheritance* inheritance_;
};

template <typename Owner>
void Reader::read(const Node& node, Owner& owner) {
  if (node.kind == Kind::null) return;
  if (node.kind != Kind::mapping) {
    findings_.add(finding_at(node.place,
                             describe(node) + " as the " + kWhat<Owner> + " " + yaml::in_quotes(owner.name),
                             "a mapping"));
    return;
  }
  const auto keys = definition_keys<Owner>();
  std::vector<std::string_view> names;
  for (const auto& key : keys) names.push_back(key.name);
  for (const Entry& entry : node.entries) {
    const auto known =
        std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.name == entry.key; });
    if (known == keys.end()) {
      auto allowed = names;
      if (is_beside_inherit(entry)) allowed.insert(allowed.end(), kInheritKeys.begin(), kInheritKeys.end());
      findings_.add(finding_at(entry.place,
                               std::string("the unknown key ") + yaml::in_quotes(entry.key) + " of the " +
                                   kWhat<Owner> + " " + yaml::in_quotes(owner.name),
                               yaml::any_of(allowed), yaml::nearest_name(entry.key, allowed)));
    } else {
      assign(*known, *entry.value, owner);
    }
  }
}

template <typename Owner>
void Reader::assign(const DefinitionKey<Owner>& key, const Node& value, Owner& owner) {
  if (const auto* children = std::get_if<Children<Owner, typename ChildOf<Owner>::type>>(&key.target)) {
    read_children(key, value, owner.*(*children));
  } else if (const auto* any = std::get_if<Value<Owner>>(&key.target)) {
    check_value(value, true);
    owner.*(*any) = std::make_shared<Node>(value);
  } else if (std::holds_alternative<Tasks>(key.target) || value.kind == Kind::null) {
    return;  // tasks are read apart; null says nothing
  } else if (const auto* text = std::get_if<Text<Owner>>(&key.target)) {
    if (value.kind != Kind::scalar) return refuse(value, key.name, "text");
    owner.*(*text) = value.text;
  } else if (const auto* flag = std::get_if<Flag<Owner>>(&key.target)) {
    const auto truth =
        value.kind == Kind::scalar && !value.quoted ? yaml::to_boolean(value.text) : std::nullopt;
    if (!truth) return refuse(value, key.name, "true or false");
    owner.*(*flag) = *truth;
  } else if (const auto* whole = std::get_if<Whole<Owner>>(&key.target)) {
    const auto number =
        value.kind == Kind::scalar && !value.quoted ? yaml::to_integer(value.text) : std::nullopt;
    if (!number || *number < kLeastIndex || *number > kMostIndex) {
      return refuse(
          value, key.name,
          "a whole number from " + std::to_string(kLeastIndex) + " to " + std::to_string(kMostIndex));
    }
    owner.*(*whole) = *number;
  }
}

template <typename Owner>
void Reader::read_children(const DefinitionKey<Owner>& key, const Node& value,
                           std::vector<typename ChildOf<Owner>::type>& children) {
  using Child = typename ChildOf<Owner>::type;
  if constexpr (!std::is_same_v<Child, NoChild>) {
    if (value.kind == Kind::null) return;
    if (value.kind != Kind::mapping) {
      return refuse(value, key.name, std::string("a mapping, by the name of each ") + kWhat<Child>);
    }
    for (const Entry& entry : value.entries) {
      // A parameter's value may be text.
      if (!std::is_same_v<Child, ParameterDefinition> && refuse_misspelt(entry, kWhat<Child>)) continue;
      Child child;
      child.name = entry.key;
      child.place = entry.place;
      if (entry.key.empty() || entry.key.find(':') != std::string::npos) {
        findings_.add(finding_at(
            entry.place, std::string("the name ") + yaml::in_quotes(entry.key) + " of a " + kWhat<Child>,
            "a name that is not empty and has no ':', which separates names"));
      }
      if constexpr (std::is_same_v<Child, ParameterDefinition>) {
        read_parameter(entry, child);
      } else {
        read(*entry.value, child);
      }
      if constexpr (std::is_same_v<Child, CommandDefinition>) check_path(child);
      children.push_back(std::move(child));
    }
  }
}

bool Reader::refuse_misspelt(const Entry& entry, const char* what) {
  if (entry.value->kind != Kind::scalar || !is_beside_inherit(entry)) return false;
  const std::vector<std::string_view> allowed(kInheritKeys.begin(), kInheritKeys.end());
  const std::string nearest = yaml::nearest_name(entry.key, allowed);
  if (nearest.empty()) return false;
  findings_.add(finding_at(
      entry.place,
      "the unknown key " + yaml::in_quotes(entry.key) + " of an !inherit, with " + describe(*entry.value),
      yaml::any_of(allowed) + ", or the name of a " + what + " with a mapping", nearest));
  return true;
}

void Reader::read_parameter(const Entry& entry, ParameterDefinition& parameter) {
  if (entry.value->kind == Kind::mapping) {
    read(*entry.value, parameter);
  } else {
    check_value(*entry.value, true);
    parameter.value = entry.value;
  }
}

void Reader::check_path(const CommandDefinition& command) {
  if (is_part_ || command.path) return;
  findings_.add(finding_at(command.place, "the command " + yaml::in_quotes(command.name) + " has no path",
                           "path: the name of a command to run"));
}

void Reader::check_value(const Node& value, bool is_whole) {
  if (value.tag == kCommandOutputTag) {
    if (!is_whole) {
      findings_.add(finding_at(value.place, "a !command-output inside a value", "it as the whole value"));
    } else if (value.kind != Kind::scalar || !parse_command_output(value.text)) {
      findings_.add(finding_at(value.place, "!command-output with " + describe(value),
                               "\"command\" or \"step:command\", and keys after it: \"step:command:key\""));
    }
    return;
  }
  if (value.tag.starts_with('!')) {
    findings_.add(finding_at(value.place, "the unknown tag " + yaml::in_quotes(value.tag),
                             "!inherit or !command-output",
                             yaml::nearest_name(value.tag, {"!inherit", kCommandOutputTag})));
  }
  for (const NodePtr& item : value.items) check_value(*item, false);
  for (const Entry& item : value.entries) check_value(*item.value, false);
}

// The mapping below `tasks` for that type; every one is checked.
NodePtr part_for(const Node& root, std::string_view task_type, Findings& findings,
                 const Inheritance* inheritance) {
  const Entry* const tasks = root.find("tasks");
  if (!tasks || tasks->value->kind == Kind::null) return nullptr;
  if (tasks->value->kind != Kind::mapping) {
    findings.add(finding_at(tasks->value->place, "tasks is " + describe(*tasks->value),
                            "a mapping, by the type of each task"));
    return nullptr;
  }
  NodePtr part;
  for (const Entry& entry : tasks->value->entries) {
    ActionDefinition checked;
    checked.name = entry.key;
    if (const Entry* const inner = entry.value->find("tasks")) {
      findings.add(finding_at(inner->place, "tasks inside tasks", "tasks of the action itself"));
      continue;
    }
    const std::size_t before = findings.size();
    Reader reader(true, findings, inheritance);
    if (reader.refuse_misspelt(entry, "type of task")) continue;
    reader.read(*entry.value, checked);
    if (findings.size() == before && entry.key == task_type && entry.value->kind == Kind::mapping)
      part = entry.value;
  }
  return part;
}

}  // namespace

ActionDefinition read_definition(const std::string& name, const NodePtr& root, std::string_view task_type,
                                 Findings& findings, const Inheritance* inheritance) {
  ActionDefinition definition;
  definition.name = name;
  definition.place = root->place;
  const NodePtr part =
      root->kind == Kind::mapping ? part_for(*root, task_type, findings, inheritance) : nullptr;
  Reader(false, findings, inheritance).read(part ? *patched(root, part) : *root, definition);
  std::stable_sort(definition.steps.begin(), definition.steps.end(),
                   [](const StepDefinition& left, const StepDefinition& right) {
                     return left.index.value_or(0) < right.index.value_or(0);
                   });
  return definition;
}

}  // namespace silex::action
