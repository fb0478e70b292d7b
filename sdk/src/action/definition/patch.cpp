#include "action/definition/patch.hpp"

#include <algorithm>
#include <utility>

namespace silex::action {

using yaml::Entry;
using yaml::Kind;
using yaml::Node;
using yaml::NodePtr;

NodePtr patched(const NodePtr& base, const NodePtr& over) {
  if (over->kind != Kind::mapping) return over;
  if (over->entries.empty()) return base;
  if (base->kind != Kind::mapping) return over;
  auto merged = std::make_shared<Node>(*base);
  for (const Entry& entry : over->entries) {
    const auto known = std::find_if(merged->entries.begin(), merged->entries.end(),
                                    [&entry](const Entry& e) { return e.key == entry.key; });
    if (known == merged->entries.end()) {
      merged->entries.push_back(entry);
    } else {
      known->value = patched(known->value, entry.value);
      known->place = entry.place;
    }
  }
  merged->nodes = 1;
  for (const Entry& entry : merged->entries) merged->nodes += entry.value->nodes;
  return merged;
}

}  // namespace silex::action
