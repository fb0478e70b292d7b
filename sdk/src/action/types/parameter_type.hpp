// What a parameter's value may be: its type, as a command declares it and as it is sent. Value type.
#pragma once

#include "action/types/type_table.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace silex::action {

class ParameterType {
 public:
  // Any value.
  ParameterType() = default;

  // "int", or {"name": "range", "start": 0, "end": 10}: what to_wire() gives is taken too. Options that are
  // not given have their defaults.
  static std::variant<ParameterType, Misfit> parse(const Json& declaration);

  [[nodiscard]] TypeKind kind() const noexcept { return kind_; }
  [[nodiscard]] Json to_wire() const;

  // For a value that is null; null where there is none.
  [[nodiscard]] Json default_value() const;

  // Turns `value` into one of this type where that is lossless or usual: "42" to 42, 42 to "42", a single
  // value to a list of it. null fits every type. Else it leaves `value`, and says why.
  [[nodiscard]] std::optional<Misfit> cast(Json& value) const;

  // What is allowed, for people.
  [[nodiscard]] std::string allowed() const;

  // Whether a YAML scalar of this type is text as it stands, so that 1.10 does not become 1.1.
  [[nodiscard]] bool is_text() const noexcept;
  // Of a list its items', of a mapping its values'; nullptr for others.
  [[nodiscard]] const ParameterType* part_type() const noexcept;

  // An option, as it is sent. Not one that is a type, and not the choices.
  [[nodiscard]] const Json& option(const char* name) const { return options_.at(name); }

 private:
  using Choice = std::pair<std::string, Json>;  // label and value

  [[nodiscard]] std::optional<Misfit> take_options(const Json& declaration);
  [[nodiscard]] std::optional<Misfit> take_option(const TypeOption& option, const Json& value);
  [[nodiscard]] std::optional<Misfit> check_options() const;
  [[nodiscard]] bool is_multiple() const;
  [[nodiscard]] Misfit misfit(const Json& value) const;
  [[nodiscard]] std::optional<Misfit> cast_one(Json& value) const;
  [[nodiscard]] std::optional<Misfit> cast_list(Json& value) const;
  [[nodiscard]] std::optional<Misfit> cast_mapping(Json& value) const;
  [[nodiscard]] std::optional<Misfit> cast_choice(Json& value) const;
  [[nodiscard]] std::optional<Misfit> cast_range(Json& value) const;
  [[nodiscard]] std::optional<Misfit> cast_text(Json& value) const;

  TypeKind kind_ = TypeKind::any;
  Json options_ = Json::object();     // without those that are types or choices
  std::vector<Choice> choices_;       // in the order in which they are declared: the first is the default
  std::vector<ParameterType> parts_;  // the options that are types, in the table's order
};

}  // namespace silex::action
