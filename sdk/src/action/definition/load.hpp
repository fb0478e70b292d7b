// Finds, reads and checks the definition of an action.
#pragma once

#include "action/definition/definition.hpp"
#include "action/definition/search_path.hpp"
#include "yaml/finding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace silex::action {

inline constexpr std::string_view kDefaultCategory = "action";

struct Request {
  std::string name;
  std::string category = std::string(kDefaultCategory);
  std::string task_type;  // of the context; "": none
};

// Nothing where anything is wrong: then there is at least one finding. [any-thread] Reads files.
std::optional<ActionDefinition> load_definition(const SearchPath& search_path, const Request& request,
                                                yaml::Findings& findings);

}  // namespace silex::action
