#include "yaml/tree_builder.hpp"

#include <utility>

#include <yaml-cpp/exceptions.h>

namespace silex::yaml {

namespace {

// yaml-cpp's words for "no tag, without quotes" and "no tag, with quotes".
constexpr const char* kPlain = "?";
constexpr const char* kQuoted = "!";

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
    take_value(around, node);
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
    findings_.add(finding_at(node.place,
                             "the key " + in_quotes(node.text) +
                                 " stands here a second time; the first is in line " +
                                 std::to_string(known->second.line),
                             "each key once"));
    return;
  }
  mapping.drops_value = false;
  mapping.key = node.text;
  mapping.key_place = node.place;
}

void TreeBuilder::take_value(Open& mapping, const NodePtr& node) {
  if (mapping.drops_value) return;
  NodePtr value = node;
  if (node->kind == Kind::null && node->place.line != mapping.key_place.line) {
    // yaml-cpp has it where the next thing begins.
    auto here = std::make_shared<Node>(*node);
    here->place = mapping.key_place;
    value = std::move(here);
  }
  mapping.node->entries.push_back({mapping.key, mapping.key_place, std::move(value)});
}

}  // namespace silex::yaml
