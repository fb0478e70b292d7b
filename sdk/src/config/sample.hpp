// The sample file that documents the configuration: made of the table of keys.
#pragma once

#include <string>

namespace silex::config {

// YAML in which every key stands with its default, commented out.
std::string sample_file();

}  // namespace silex::config
