// The commands that actions may name, and what they take.
#pragma once

#include "action/types/parameter_type.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::action {

struct ParameterDeclaration {
  std::string name;
  ParameterType type;
  Json value;         // its default; null: that of the type
  std::string label;  // "": made of the name
  std::string tooltip;
  bool hide = false;
};

struct CommandDeclaration {
  std::string path;
  std::vector<ParameterDeclaration> parameters{};
  bool hide_parameters = false;
  bool ask_user = false;
  std::vector<std::string> metadata{};  // keys that the action's context must have
};

// [any-thread]
class Catalogue {
 public:
  virtual ~Catalogue() = default;
  // nullptr where there is none. Valid as long as the catalogue.
  [[nodiscard]] virtual const CommandDeclaration* find(std::string_view path) const = 0;
  // Whether a path that is not found may be known elsewhere: then nothing is wrong with it.
  [[nodiscard]] virtual bool may_know(std::string_view /*path*/) const { return false; }
  // All paths, for who looks for the nearest.
  [[nodiscard]] virtual std::vector<std::string> paths() const = 0;
};

}  // namespace silex::action
