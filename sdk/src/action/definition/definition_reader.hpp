// Makes a definition of a resolved tree, and finds all that is wrong in it.
#pragma once

#include "action/definition/definition.hpp"
#include "yaml/finding.hpp"

#include <string>
#include <string_view>

namespace silex::action {

class Inheritance;

// `root`: what stands below the action's name, with no !inherit left in it. Of `tasks`, that of `task_type`
// is patched over it; the others are checked all the same. `inheritance`, where there is one, resolved it: a
// wrong key may be one of an !inherit, misspelt.
ActionDefinition read_definition(const std::string& name, const yaml::NodePtr& root,
                                 std::string_view task_type, yaml::Findings& findings,
                                 const Inheritance* inheritance = nullptr);

}  // namespace silex::action
