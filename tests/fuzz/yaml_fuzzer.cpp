// Any bytes into the YAML reader: a tree within its limits, or findings whose places are in the text.
#include "yaml/reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace silex::yaml;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "yaml_fuzzer: %s\n", what);
  std::abort();
}

// The nodes of a tree, itself included.
std::size_t walk(const Node& node, std::size_t depth, const Limits& limits) {
  require(depth <= limits.depth, "a tree is no deeper than its limit");
  require(node.place.source != nullptr && node.place.offset <= node.place.source->text.size(),
          "each value has a place in the text");
  require(finding_at(node.place, "x").column > 0, "a place has a column");
  require(!describe(node).empty(), "each value can be described");
  std::size_t nodes = 1;
  for (const NodePtr& item : node.items) nodes += walk(*item, depth + 1, limits);
  for (const Entry& entry : node.entries) {
    require(node.find(entry.key) == &entry, "each key stands once");
    nodes += walk(*entry.value, depth + 1, limits);
  }
  require(nodes == node.nodes, "a tree knows its size");
  return nodes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.depth = 20;
  limits.nodes = 2000;
  Findings findings;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const NodePtr root = read_text(text, "fuzz", findings, limits);
  require(root != nullptr || !findings.empty(), "no tree without a finding");
  if (root) walk(*root, 0, limits);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const Finding& finding : findings.kept()) {
    require(!finding.found.empty(), "a finding says what was found");
    require(finding.line >= 0 && finding.line <= lines + 1, "a finding points into the text");
  }
  return 0;
}
