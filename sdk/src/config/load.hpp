// Makes a configuration of a file and of the environment: default < file < environment.
#pragma once

#include "config/config.hpp"
#include "yaml/finding.hpp"

#include <functional>
#include <string>

namespace silex::config {

struct Environment {
  // nullptr where the variable is not set; an empty one counts as not set.
  std::function<const char*(const char* name)> get;
  char path_separator = ':';  // between folders
};

// `file`: "" for none. What is wrong is added to `findings`, and then the result is not to be used.
Config load(const std::string& file, const Environment& environment, yaml::Findings& findings);

}  // namespace silex::config
