// Makes an action of its definition and of what its commands declare.
#pragma once

#include "action/definition/definition.hpp"
#include "action/model/action.hpp"
#include "action/model/catalogue.hpp"
#include "yaml/finding.hpp"

#include <functional>
#include <optional>
#include <string>

namespace silex::action {

using MakeUuid = std::function<std::string()>;

// Each value is the command's default, then the definition's, then that of its type. Nothing where anything
// is wrong: a command or a parameter that is not there, a value that does not fit; each is a finding.
std::optional<Action> build_action(const ActionDefinition& definition, const Catalogue& catalogue,
                                   const MakeUuid& make_uuid, yaml::Findings& findings);

// A parameter as its command declares it.
Parameter build_parameter(const ParameterDeclaration& declaration, const MakeUuid& make_uuid);

}  // namespace silex::action
