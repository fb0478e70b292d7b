// An action as its file says it: what is not said is empty. definition_keys.cpp says what may be in each.
#pragma once

#include "yaml/node.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace silex::action {

struct ParameterDefinition {
  std::string name;
  yaml::Place place;
  yaml::NodePtr value;  // nullptr: not said
  std::optional<std::string> label;
  std::optional<bool> hide;
  std::optional<std::string> tooltip;
};

struct CommandDefinition {
  std::string name;
  yaml::Place place;
  std::optional<std::string> label;
  std::optional<bool> hide;
  std::optional<std::string> tooltip;
  std::optional<std::string> path;  // which command to run
  std::optional<bool> ask_user;
  std::optional<bool> skip;
  std::vector<ParameterDefinition> parameters{};  // in the file's order
};

struct StepDefinition {
  std::string name;
  yaml::Place place;
  std::optional<std::string> label;
  std::optional<bool> hide;
  std::optional<std::string> tooltip;
  std::optional<std::int64_t> index;
  std::vector<CommandDefinition> commands{};  // in the file's order
};

struct ActionDefinition {
  std::string name;
  yaml::Place place;
  std::optional<std::string> label;
  std::optional<bool> hide;
  std::optional<std::string> tooltip;
  std::optional<std::string> thumbnail;
  std::optional<std::string> shelf;
  std::vector<StepDefinition> steps{};  // by index; the file's order where it is the same
};

}  // namespace silex::action
