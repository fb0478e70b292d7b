// An action ready to run: found, read, checked against the commands that are loaded, and made.
#pragma once

#include "action/definition/load.hpp"
#include "action/model/action.hpp"
#include "action/model/catalogue.hpp"

#include <optional>

namespace silex::action {

// Nothing where anything is wrong: then there is at least one finding. [any-thread] Reads files.
std::optional<Action> load_action(const SearchPath& search_path, const Catalogue& catalogue,
                                  const Request& request, yaml::Findings& findings);

// A parameter that a command asks for, with a uuid of its own. A value that is null is that of its type.
Parameter make_parameter(const ParameterDeclaration& declaration);

}  // namespace silex::action
