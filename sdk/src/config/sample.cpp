#include "config/sample.hpp"

#include "config/key_table.hpp"

namespace silex::config {

std::string sample_file() {
  std::string text =
      "# Silex's configuration: every key, with its default. The file is the one that SILEX_CONFIG names, or "
      "that the\n"
      "# host was told. A variable of the environment overrides its key; what a program says overrides "
      "both.\n";
  Config defaults;
  for (const Section& section : sections()) {
    text += "\n# " + std::string(section.docs) + "\n" + std::string(section.name) + ":\n";
    for (const Key& key : keys()) {
      if (key.section != section.name) continue;
      text += "  # " + std::string(key.docs) + "\n";
      text += "  # Allowed: " + allowed_in(key.field) + ". Variable: " + variable_of(key) + "\n";
      text += "  #" + std::string(key.name) + ": " + write_value(key.field, defaults) + "\n";
    }
  }
  return text;
}

}  // namespace silex::config
