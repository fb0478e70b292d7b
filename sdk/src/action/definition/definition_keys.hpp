// Every key of an action's file, once: what reads it, what it allows and the schema for editors come from
// here.
#pragma once

#include "action/definition/definition.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace silex::action {

// Where a key's value goes, which is also what it may be.
template <typename Owner>
using Text = std::optional<std::string> Owner::*;
template <typename Owner>
using Flag = std::optional<bool> Owner::*;
template <typename Owner>
using Whole = std::optional<std::int64_t> Owner::*;
template <typename Owner>
using Value = yaml::NodePtr Owner::*;  // anything
template <typename Owner, typename Child>
using Children = std::vector<Child> Owner::*;  // a mapping of names
struct Tasks {};                               // a mapping of task types to what is patched over the action

struct NoChild {};
template <typename Owner>
struct ChildOf {
  using type = NoChild;
};
template <>
struct ChildOf<ActionDefinition> {
  using type = StepDefinition;
};
template <>
struct ChildOf<StepDefinition> {
  using type = CommandDefinition;
};
template <>
struct ChildOf<CommandDefinition> {
  using type = ParameterDefinition;
};

template <typename Owner>
struct DefinitionKey {
  std::string_view name;
  std::variant<Text<Owner>, Flag<Owner>, Whole<Owner>, Value<Owner>,
               Children<Owner, typename ChildOf<Owner>::type>, Tasks>
      target;
  std::string_view docs;
};

inline constexpr std::int64_t kLeastIndex = -1'000'000;
inline constexpr std::int64_t kMostIndex = 1'000'000;

template <typename Owner>
std::span<const DefinitionKey<Owner>> definition_keys();
template <>
std::span<const DefinitionKey<ActionDefinition>> definition_keys();
template <>
std::span<const DefinitionKey<StepDefinition>> definition_keys();
template <>
std::span<const DefinitionKey<CommandDefinition>> definition_keys();
template <>
std::span<const DefinitionKey<ParameterDefinition>> definition_keys();

}  // namespace silex::action
