// A parameter's value from its definition.
#pragma once

#include "action/types/parameter_type.hpp"
#include "yaml/finding.hpp"
#include "yaml/node.hpp"

#include <string>

namespace silex::action {

// What the node is as JSON. Where the type is text, a scalar is what is written: 1.10 is not 1.1.
Json to_json(const yaml::Node& node, const ParameterType& type = {});

// The same, cast; null, with a finding, where it does not fit. `what` names the parameter.
Json read_value(const yaml::Node& node, const ParameterType& type, const std::string& what,
                yaml::Findings& findings);

}  // namespace silex::action
