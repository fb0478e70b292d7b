#include "yaml/tree_builder.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <yaml-cpp/exceptions.h>

namespace silex::yaml {

namespace {

// yaml-cpp's words for "no tag, without quotes" and "no tag, with quotes".
constexpr const char* kPlain = "?";
constexpr const char* kQuoted = "!";

// YAML 1.1's key that takes the keys of other mappings in.
constexpr const char* kMerge = "<<";
constexpr const char* kMergeTag = "tag:yaml.org,2002:merge";

bool is_merge(const Node& key) {
  return key.tag.empty() ? !key.quoted && key.text == kMerge : key.tag == kMergeTag;
}

[[noreturn]] void refuse(const YAML::Mark& mark, const std::string& why) {
  throw YAML::ParserException(mark, why);
}

}  // namespace

Place TreeBuilder::place_of(const YAML::Mark& mark) const {
  return {source_, mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos), mark.line + 1};
}

std::shared_ptr<Node> TreeBuilder::make(Kind kind, const YAML::Mark& mark, const std::string& tag) const {
  auto node = std::make_shared<Node>();
  node->kind = kind;
  node->place = place_of(mark);
  node->quoted = tag == kQuoted && kind == Kind::scalar;
  if (tag != kPlain && tag != kQuoted) node->tag = tag;
  return node;
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& /*mark*/) {
  anchors_.clear();
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const NodePtr node = make(Kind::null, mark, kPlain);
  if (anchor != 0) anchors_[anchor] = node;
  put(node, mark);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto known = anchors_.find(anchor);
  if (known == anchors_.end()) refuse(mark, "an alias stands inside the value that it repeats");
  put(known->second, mark);
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  auto node = make(Kind::scalar, mark, tag);
  node->text = value;
  if (anchor != 0) anchors_[anchor] = node;
  put(node, mark);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value /*style*/) {
  open(Kind::sequence, mark, tag, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value /*style*/) {
  open(Kind::mapping, mark, tag, anchor);
}

void TreeBuilder::open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  if (open_.size() >= limits_.depth) {
    refuse(mark, "this is nested more than " + std::to_string(limits_.depth) + " levels deep");
  }
  Open opened;
  opened.node = make(kind, mark, tag);
  opened.mark = mark;
  opened.anchor = anchor;
  open_.push_back(std::move(opened));
}

void TreeBuilder::close() {
  const Open closed = std::move(open_.back());
  open_.pop_back();
  if (!closed.merged.empty()) merge(closed);
  for (const NodePtr& item : closed.node->items) closed.node->nodes += item->nodes;
  for (const Entry& entry : closed.node->entries) closed.node->nodes += entry.value->nodes;
  // Only now: an alias inside would make a tree without an end.
  if (closed.anchor != 0) anchors_[closed.anchor] = closed.node;
  put(closed.node, closed.mark);
}

void TreeBuilder::put(const NodePtr& node, const YAML::Mark& mark) {
  // What is in an open one was counted when it was put there; what an alias repeats counts whole.
  const bool is_new = node->place.offset == place_of(mark).offset;
  nodes_ += is_new ? 1 : node->nodes;
  if (nodes_ > limits_.nodes) {
    refuse(mark, "this document has more than " + std::to_string(limits_.nodes) +
                     " values, with those that aliases repeat");
  }
  if (open_.empty()) {
    root_ = node;
    return;
  }
  Open& around = open_.back();
  if (around.node->kind == Kind::sequence) {
    around.node->items.push_back(node);
  } else if (std::exchange(around.expects_key, !around.expects_key)) {
    take_key(around, *node);
  } else {
    take_value(around, node, place_of(mark));
  }
}

void TreeBuilder::take_key(Open& mapping, const Node& node) {
  mapping.drops_value = true;
  if (node.kind != Kind::scalar) {
    findings_.add(finding_at(node.place, describe(node) + " as a key", "text as a key"));
    return;
  }
  const auto [known, is_first] = mapping.keys.try_emplace(node.text, node.place);
  if (!is_first) {
    findings_.add(finding_at(
        node.place,
        "the key " + in_quotes(node.text) + " stands here a second time; the first is in line " +
            std::to_string(known->second.line),
        is_merge(node) ? "each key once; several mappings as a list: <<: [*first, *next]" : "each key once"));
    return;
  }
  mapping.drops_value = false;
  mapping.merges_value = is_merge(node);
  mapping.key = node.text;
  mapping.key_place = node.place;
}

void TreeBuilder::take_value(Open& mapping, const NodePtr& node, const Place& place) {
  if (mapping.drops_value) return;
  // yaml-cpp has nothing where the next thing begins.
  const bool is_elsewhere = node->kind == Kind::null && node->place.line != mapping.key_place.line;
  if (mapping.merges_value) return take_merged(mapping, node, is_elsewhere ? mapping.key_place : place);
  NodePtr value = node;
  if (is_elsewhere) {
    auto here = std::make_shared<Node>(*node);
    here->place = mapping.key_place;
    value = std::move(here);
  }
  mapping.node->entries.push_back({mapping.key, mapping.key_place, std::move(value)});
}

void TreeBuilder::take_merged(Open& mapping, const NodePtr& node, const Place& place) {
  const auto refuse_it = [&](const std::string& what) {
    findings_.add(finding_at(place, what + " as the value of '<<'", "a mapping, or a list of mappings"));
  };
  if (node->kind == Kind::mapping) {
    mapping.merged.push_back(node);
    return;
  }
  if (node->kind != Kind::sequence) return refuse_it(describe(*node));
  const auto wrong = std::find_if(node->items.begin(), node->items.end(),
                                  [](const NodePtr& item) { return item->kind != Kind::mapping; });
  if (wrong != node->items.end()) return refuse_it("a list with " + describe(**wrong) + " in it");
  // The first of a list wins, so it comes last.
  mapping.merged.insert(mapping.merged.end(), node->items.rbegin(), node->items.rend());
}

// As PyYAML: merged keys stand in front of the mapping's own, and a key stays where it stood first, whoever's
// value wins. Commands run in that order.
void TreeBuilder::merge(const Open& mapping) {
  const std::vector<Entry> own = std::exchange(mapping.node->entries, {});
  std::vector<Entry>& entries = mapping.node->entries;
  std::unordered_map<std::string_view, std::size_t> known;
  const auto put_all = [&](const std::vector<Entry>& added) {
    for (const Entry& entry : added) {
      // The views are of `own` and of what was merged, which stay where they are.
      const auto [at, is_new] = known.try_emplace(entry.key, entries.size());
      if (is_new) {
        entries.push_back(entry);
      } else {
        entries[at->second] = entry;
      }
    }
  };
  for (const NodePtr& merged : mapping.merged) {
    for (const Entry& entry : merged->entries) merged_bytes_ += entry.key.size();
    // A long key in many places costs no values, but memory.
    if (merged_bytes_ > limits_.bytes) {
      refuse(mapping.mark, "the keys that are merged in this document have more than " +
                               std::to_string(limits_.bytes) + " bytes");
    }
    put_all(merged->entries);
  }
  put_all(own);
}

}  // namespace silex::yaml
