// Reads YAML into a tree. Whatever the bytes are, it ends with a tree or with findings: no exception but
// std::bad_alloc.
#pragma once

#include "yaml/finding.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

namespace silex::yaml {

// Far past what people write by hand, well before what hurts.
struct Limits {
  std::size_t bytes = std::size_t{4} << 20;
  std::size_t depth = 64;
  std::size_t nodes = 200'000;  // what aliases repeat counts each time
};

// One document, in UTF-8; an empty one is a null node. nullptr, and at least one finding, where the bytes are
// no YAML. Where only keys are wrong (used twice, or no text), the tree without them, and findings.
NodePtr read_text(std::string text, std::string name, Findings& findings, const Limits& limits = {});

// The same from a file. One that can't be read is a finding.
NodePtr read_file(const std::filesystem::path& file, Findings& findings, const Limits& limits = {});

}  // namespace silex::yaml
