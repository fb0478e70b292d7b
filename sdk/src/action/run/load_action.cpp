#include "action/run/load_action.hpp"

#include "action/model/build.hpp"
#include "platform/uuid.hpp"

namespace silex::action {

std::optional<Action> load_action(const SearchPath& search_path, const Catalogue& catalogue,
                                  const Request& request, yaml::Findings& findings) {
  const auto definition = load_definition(search_path, request, findings);
  if (!definition) return std::nullopt;
  return build_action(*definition, catalogue, &platform::new_uuid, findings);
}

Parameter make_parameter(const ParameterDeclaration& declaration) {
  Parameter parameter = build_parameter(declaration, &platform::new_uuid);
  if (parameter.value.is_null()) parameter.value = parameter.type.default_value();
  return parameter;
}

}  // namespace silex::action
