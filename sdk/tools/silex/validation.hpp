// What `silex validate` found: a line for each check, in the order in which they ran.
#pragma once

#include "check_list.hpp"

#include <filesystem>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace silex::cli {

struct CheckOutcome {
  std::string id;
  validate::Result result = validate::Result::ok;
  std::string text;
  double seconds = 0;
};

struct Validation {
  std::filesystem::path plugin;
  std::vector<std::string> host;
  std::map<std::string, std::string> known;  // "adapter", "title", "plugin", "version"
  std::vector<CheckOutcome> outcomes;

  [[nodiscard]] std::size_t count(validate::Result result) const;
};

void print_text(std::ostream& out, const Validation& validation);
void print_json(std::ostream& out, const Validation& validation);
// As CI servers read it: a check that failed is a failure.
void print_junit(std::ostream& out, const Validation& validation);

}  // namespace silex::cli
