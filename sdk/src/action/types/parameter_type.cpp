#include "action/types/parameter_type.hpp"

#include "yaml/finding.hpp"
#include "yaml/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace silex::action {

namespace {

constexpr std::int64_t kMostItems = 10'000;

std::string allowed_in(OptionKind kind) {
  switch (kind) {
    case OptionKind::flag:
      return "true or false";
    case OptionKind::size:
      return "a whole number from 1 to " + std::to_string(kMostItems);
    case OptionKind::size_or_none:
      return "a whole number from 1 to " + std::to_string(kMostItems) + ", or null";
    case OptionKind::number:
      return "a number";
    case OptionKind::text_or_none:
      return "text or null";
    case OptionKind::texts:
      return "a list of text";
    case OptionKind::choices:
      return "a mapping of labels to values that is not empty";
    case OptionKind::type:
      return "a type";
    case OptionKind::anything:
      break;
  }
  return "anything";
}

bool is_size(const Json& value) {
  return value.is_number_integer() && value >= 1 && value <= kMostItems;
}

bool fits(OptionKind kind, const Json& value) {
  switch (kind) {
    case OptionKind::flag:
      return value.is_boolean();
    case OptionKind::size:
      return is_size(value);
    case OptionKind::size_or_none:
      return value.is_null() || is_size(value);
    case OptionKind::number:
      return value.is_number() && std::isfinite(value.get<double>());
    case OptionKind::text_or_none:
      return value.is_null() || value.is_string();
    case OptionKind::texts:
      return value.is_array() &&
             std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
    case OptionKind::choices:
    case OptionKind::type:
    case OptionKind::anything:
      break;
  }
  return true;
}

// A value of a list is its own label.
std::string label_for(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names;
  for (const TypeRow& row : type_table()) names.push_back(row.name);
  return names;
}

}  // namespace

std::variant<ParameterType, Misfit> ParameterType::parse(const Json& declaration) {
  const Json* const name =
      declaration.is_object() && declaration.contains("name") ? &declaration["name"] : &declaration;
  const auto table = type_table();
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const TypeRow& r) { return name->is_string() && *name == Json(r.name); });
  if (row == table.end()) {
    std::string nearest =
        name->is_string() ? yaml::nearest_name(name->get_ref<const std::string&>(), type_names()) : "";
    if (!nearest.empty()) nearest = "; did you mean '" + nearest + "'?";
    return Misfit{"the unknown type " + describe(*name), yaml::any_of(type_names()) + nearest};
  }
  ParameterType type;
  type.kind_ = row->kind;
  if (auto misfit = type.take_options(declaration)) return *misfit;
  return type;
}

std::optional<Misfit> ParameterType::take_options(const Json& declaration) {
  const TypeRow& row = row_of(kind_);
  const Json given = declaration.is_object() ? declaration : Json::object();
  std::vector<std::string_view> names{"name"};
  for (const TypeOption& option : row.options) names.push_back(option.name);
  for (const auto& [name, value] : given.items()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return Misfit{
        "the unknown option " + yaml::in_quotes(name) + " of the type '" + std::string(row.name) + "'",
        yaml::any_of(names)};
  }
  // Plain text has no options at all: it has no default either.
  if (kind_ == TypeKind::text && given.size() <= 1) return std::nullopt;
  for (const TypeOption& option : row.options) {
    const auto known = given.find(std::string(option.name));
    if (known == given.end() && option.otherwise.empty()) {
      return Misfit{"the type '" + std::string(row.name) + "' without " + yaml::in_quotes(option.name),
                    allowed_in(option.kind)};
    }
    if (auto misfit = take_option(option, known != given.end() ? *known : Json::parse(option.otherwise)))
      return misfit;
  }
  return check_options();
}

std::optional<Misfit> ParameterType::take_option(const TypeOption& option, const Json& value) {
  const auto refuse = [&] {
    return Misfit{"the option " + yaml::in_quotes(option.name) + " is " + describe(value),
                  allowed_in(option.kind)};
  };
  if (option.kind == OptionKind::type) {
    auto part = parse(value);
    if (auto* misfit = std::get_if<Misfit>(&part)) return std::move(*misfit);
    parts_.push_back(std::get<ParameterType>(std::move(part)));
  } else if (option.kind == OptionKind::choices) {
    if (!value.is_structured() || value.empty()) return refuse();
    for (const auto& [label, choice] : value.items()) {
      choices_.emplace_back(value.is_object() ? label : label_for(choice), choice);
    }
  } else {
    if (!fits(option.kind, value)) return refuse();
    options_[std::string(option.name)] = value;
  }
  return std::nullopt;
}

std::optional<Misfit> ParameterType::check_options() const {
  if (kind_ != TypeKind::range) return std::nullopt;
  if (option("start") > option("end")) {
    return Misfit{"a range from " + option("start").dump() + " to " + option("end").dump(),
                  "a start that is not past the end"};
  }
  if (option("increment") <= 0)
    return Misfit{"the increment " + option("increment").dump(), "a number above 0"};
  return std::nullopt;
}

Json ParameterType::to_wire() const {
  Json wire = options_;
  const TypeRow& row = row_of(kind_);
  wire["name"] = row.name;
  for (const auto& [label, value] : choices_) wire["options"][label] = value;
  auto part = parts_.begin();
  for (const TypeOption& option : row.options) {
    if (option.kind == OptionKind::type) wire[std::string(option.name)] = (part++)->to_wire();
  }
  return wire;
}

Json ParameterType::default_value() const {
  switch (kind_) {
    case TypeKind::text:
      return options_.empty() ? Json() : Json("");
    case TypeKind::task:
    case TypeKind::shown_text:
      return "";
    case TypeKind::whole_array:
      return Json(std::vector<int>(option("size").get<std::size_t>(), 0));
    case TypeKind::range:
      return option("start");
    case TypeKind::select:
    case TypeKind::radio_select:
      return choices_.front().second;
    case TypeKind::multiple_select:
      return Json::array({choices_.front().second});
    case TypeKind::list:
    case TypeKind::editable_list:
      return Json::array();
    default:
      return nullptr;
  }
}

bool ParameterType::is_multiple() const {
  return (kind_ == TypeKind::path || kind_ == TypeKind::task_file) && option("multiple") == true;
}

bool ParameterType::is_text() const noexcept {
  switch (kind_) {
    case TypeKind::text:
    case TypeKind::path:
    case TypeKind::task_file:
    case TypeKind::task:
    case TypeKind::shown_text:
    case TypeKind::frame_set:
      return true;
    default:
      return false;
  }
}

const ParameterType* ParameterType::part_type() const noexcept {
  return parts_.empty() ? nullptr : &parts_.back();
}

std::string ParameterType::allowed() const {
  std::string plain(row_of(kind_).allowed);
  switch (kind_) {
    case TypeKind::text:
      if (options_.contains("maxLenght") && !option("maxLenght").is_null()) {
        return plain + " of at most " + option("maxLenght").dump() + " characters";
      }
      return plain;
    case TypeKind::path:
    case TypeKind::task_file:
      return is_multiple() ? "a list of paths" : plain;
    case TypeKind::range:
      return plain + " from " + option("start").dump() + " to " + option("end").dump();
    case TypeKind::whole_array:
      return "a list of " + option("size").dump() + " whole numbers";
    case TypeKind::list:
    case TypeKind::editable_list:
      return plain + ", of each: " + parts_.front().allowed();
    case TypeKind::dictionary:
      return plain + ", its values: " + parts_.back().allowed();
    case TypeKind::select:
    case TypeKind::radio_select:
    case TypeKind::multiple_select: {
      std::vector<std::string> values;
      for (const auto& [label, value] : choices_) values.push_back(label_for(value));
      const std::string names = yaml::any_of({values.begin(), values.end()});
      return kind_ == TypeKind::multiple_select ? "a list of " + names : names;
    }
    default:
      return plain;
  }
}

}  // namespace silex::action
