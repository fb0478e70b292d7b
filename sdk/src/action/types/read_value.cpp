#include "action/types/read_value.hpp"

#include "yaml/scalar.hpp"

#include <cmath>

namespace silex::action {

namespace {

Json scalar_to_json(const yaml::Node& node) {
  switch (yaml::type_of(node)) {
    case yaml::ScalarType::null:
      return nullptr;
    case yaml::ScalarType::boolean:
      if (const auto truth = yaml::to_boolean(node.text)) return *truth;
      break;
    case yaml::ScalarType::integer:
      if (const auto whole = yaml::to_integer(node.text)) return *whole;
      break;
    case yaml::ScalarType::number:
      // JSON has no infinity.
      if (const auto number = yaml::to_number(node.text); number && std::isfinite(*number)) return *number;
      break;
    case yaml::ScalarType::text:
      break;
  }
  return node.text;
}

}  // namespace

Json to_json(const yaml::Node& node, const ParameterType& type) {
  static const ParameterType any;
  const ParameterType& part = type.part_type() ? *type.part_type() : type.is_text() ? type : any;
  switch (node.kind) {
    case yaml::Kind::null:
      return nullptr;
    case yaml::Kind::scalar:
      return part.is_text() ? Json(node.text) : scalar_to_json(node);
    case yaml::Kind::sequence: {
      Json list = Json::array();
      for (const yaml::NodePtr& item : node.items) list.push_back(to_json(*item, part));
      return list;
    }
    case yaml::Kind::mapping:
      break;
  }
  Json mapping = Json::object();
  for (const yaml::Entry& entry : node.entries) mapping[entry.key] = to_json(*entry.value, part);
  return mapping;
}

Json read_value(const yaml::Node& node, const ParameterType& type, const std::string& what,
                yaml::Findings& findings) {
  Json value = to_json(node, type);
  const auto misfit = type.cast(value);
  if (!misfit) return value;
  findings.add(finding_at(node.place, what + " is " + misfit->found, misfit->allowed));
  return nullptr;
}

}  // namespace silex::action
