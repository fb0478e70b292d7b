// Every key of the configuration, once: what reads it, what describes it and what documents it comes from
// here.
#pragma once

#include "config/field.hpp"

#include <span>
#include <string>
#include <string_view>

namespace silex::config {

struct Section {
  std::string_view name;
  std::string_view docs;
};

struct Key {
  std::string_view section;
  std::string_view name;
  Field field;
  std::string_view docs;
  std::string_view variable = {};  // where it is older than the rule
};

std::span<const Section> sections();
// In the order of their sections.
std::span<const Key> keys();

// The environment variable that overrides it: SILEX_<SECTION>_<NAME>.
std::string variable_of(const Key& key);

}  // namespace silex::config
