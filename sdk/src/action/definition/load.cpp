#include "action/definition/load.hpp"

#include "action/definition/definition_reader.hpp"
#include "action/definition/inherit.hpp"
#include "yaml/nearest.hpp"

#include <vector>

namespace silex::action {

namespace {

void add_missing(const SearchPath& search_path, const Request& request, yaml::Findings& findings) {
  const auto names = search_path.names(request.category);
  std::string where;
  for (const auto& root : search_path.roots()) {
    where += (where.empty() ? "" : ", ") + (root / request.category).string();
  }
  findings.add({"SILEX_ACTION_CONFIG", 0, 0,
                "there is no action " + yaml::in_quotes(request.name) + " in the category " +
                    yaml::in_quotes(request.category),
                where.empty() ? "folders with definitions; none is set" : "the files in " + where,
                yaml::nearest_name(request.name, {names.begin(), names.end()})});
}

}  // namespace

std::optional<ActionDefinition> load_definition(const SearchPath& search_path, const Request& request,
                                                yaml::Findings& findings) {
  const std::size_t before = findings.size();
  Inheritance inheritance(search_path, findings);
  const yaml::NodePtr document = inheritance.document(request.category, request.name);
  if (!document) {
    if (findings.size() == before) add_missing(search_path, request, findings);
    return std::nullopt;
  }
  const yaml::Entry* const root = document->find(request.name);
  if (!root) {
    std::vector<std::string_view> keys;
    for (const yaml::Entry& entry : document->entries) keys.push_back(entry.key);
    findings.add(
        finding_at(document->place, "a file without the key " + yaml::in_quotes(request.name),
                   "the action's name as the root key",
                   keys.size() == 1 ? std::string(keys.front()) : yaml::nearest_name(request.name, keys)));
    return std::nullopt;
  }
  ActionDefinition definition =
      read_definition(request.name, root->value, request.task_type, findings, &inheritance);
  if (findings.size() != before) return std::nullopt;
  return definition;
}

}  // namespace silex::action
