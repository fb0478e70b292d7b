// Any bytes as the files that an action inherits from, 0x1e between them: findings, or a definition without
// an !inherit in it, and the same one each time.
#include "action/definition/inherit.hpp"
#include "action/definition/load.hpp"
#include "yaml/reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <unordered_set>

namespace {

using namespace silex::action;
namespace yaml = silex::yaml;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "resolver_fuzzer: %s\n", what);
  std::abort();
}

// Where the parts of an input are, in this order.
constexpr std::array kNames{"r1/action/a.yml",  "r1/action/b.yml", "r2/action/a.yml",
                            "r2/action/b.yaml", "r2/other/b.yml",  "r3/action/a.yml"};

class InMemory final : public yaml::FileCache {
 public:
  explicit InMemory(std::string_view text) {
    for (const char* name : kNames) {
      const std::size_t end = std::min(text.find('\x1e'), text.size());
      files_[name] = text.substr(0, end);
      if (end == text.size()) break;
      text.remove_prefix(end + 1);
    }
  }
  bool has(const std::filesystem::path& file) const override {
    return files_.contains(file.generic_string());
  }
  yaml::NodePtr read(const std::filesystem::path& file, yaml::Findings& findings) override {
    const std::string name = file.generic_string();
    return yaml::read_text(files_.at(name), name, findings);
  }

 private:
  std::map<std::string, std::string> files_;
};

// Parts are shared: each is looked at once.
void check(const yaml::Node& node, std::unordered_set<const yaml::Node*>& seen) {
  if (!seen.insert(&node).second) return;
  require(node.kind == yaml::Kind::null || node.tag != kInheritTag, "no !inherit is left");
  require(node.place.source != nullptr, "each value has a place");
  std::size_t nodes = 1;
  for (const yaml::NodePtr& item : node.items) {
    check(*item, seen);
    nodes += item->nodes;
  }
  for (const yaml::Entry& entry : node.entries) {
    check(*entry.value, seen);
    require(node.find(entry.key) == &entry, "each key stands once");
    nodes += entry.value->nodes;
  }
  require(nodes == node.nodes, "a tree knows its size");
}

std::string outcome_of(const SearchPath& search_path) {
  yaml::Findings findings;
  const auto definition = load_definition(search_path, {"a", "action", "t"}, findings);
  require(definition.has_value() == findings.empty(), "a definition, or a finding");
  for (const yaml::Finding& finding : findings.kept()) {
    require(!finding.found.empty(), "a finding says what was found");
  }
  return findings.text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const SearchPath search_path({"r1", "r2", "r3"}, std::make_shared<InMemory>(text));
  yaml::Findings findings;
  Inheritance inheritance(search_path, findings);
  if (const auto document = inheritance.document("action", "a")) {
    require(document->nodes <= yaml::Limits{}.nodes, "what is inherited is within the limit");
    std::unordered_set<const yaml::Node*> seen;
    check(*document, seen);
  }
  require(outcome_of(search_path) == outcome_of(search_path), "each time the same");
  return 0;
}
