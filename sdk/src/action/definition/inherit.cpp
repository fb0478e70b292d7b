#include "action/definition/inherit.hpp"

#include "action/definition/patch.hpp"
#include "yaml/nearest.hpp"
#include "yaml/reader.hpp"

#include <algorithm>
#include <memory>

namespace silex::action {

using yaml::Entry;
using yaml::Kind;
using yaml::Node;
using yaml::NodePtr;

namespace {

// Chains of more are no design; and each level costs stack.
constexpr std::size_t kDeepest = 64;
constexpr const char* kForms =
    "!inherit parent, !inherit [parent, key, category] or !inherit {parent: ..., key: ..., category: ...}";

NodePtr null_at(const yaml::Place& place) {
  auto node = std::make_shared<Node>();
  node->place = place;
  return node;
}

std::vector<std::string_view> views(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

std::vector<std::string_view> keys_of(const Node& node) {
  std::vector<std::string_view> keys;
  for (const Entry& entry : node.entries) keys.push_back(entry.key);
  return keys;
}

}  // namespace

NodePtr Inheritance::document(std::string_view category, std::string_view name, std::size_t first_root) {
  const File* const file = open(category, name, first_root);
  return file && file->document ? resolved(file->document, file->home) : nullptr;
}

bool Inheritance::has_beside(const yaml::Place& key) const {
  return beside_.contains({key.source.get(), key.offset});
}

const Inheritance::File* Inheritance::open(std::string_view category, std::string_view name,
                                           std::size_t first_root) {
  const auto found = search_path_.find(category, name, first_root);
  if (!found) return nullptr;
  const auto [known, is_new] = files_.try_emplace(found->file.string());
  if (is_new) {
    known->second.home = {std::string(category), found->root};
    known->second.document = search_path_.files().read(found->file, findings_);
  }
  return &known->second;
}

NodePtr Inheritance::resolved(const NodePtr& node, const Home& home) {
  if (node->kind == Kind::null || (node->kind == Kind::scalar && node->tag != kInheritTag)) return node;
  if (const auto known = done_.find(node.get()); known != done_.end()) return known->second;
  NodePtr result = node->tag == kInheritTag ? inherited(node, home) : with_resolved_parts(node, home);
  if (result->nodes > yaml::Limits{}.nodes) {
    findings_.add(finding_at(node->place,
                             "with what it inherits, this has " + std::to_string(result->nodes) + " values",
                             "at most " + std::to_string(yaml::Limits{}.nodes)));
    result = null_at(node->place);
  }
  done_.emplace(node.get(), result);
  return result;
}

NodePtr Inheritance::with_resolved_parts(const NodePtr& node, const Home& home) {
  std::shared_ptr<Node> changed;
  const auto own = [&] {
    if (!changed) changed = std::make_shared<Node>(*node);
    return changed;
  };
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    NodePtr item = resolved(node->items[i], home);
    if (item != node->items[i]) own()->items[i] = std::move(item);
  }
  for (std::size_t i = 0; i < node->entries.size(); ++i) {
    NodePtr value = resolved(node->entries[i].value, home);
    if (value != node->entries[i].value) own()->entries[i].value = std::move(value);
  }
  if (!changed) return node;
  changed->nodes = 1;
  for (const NodePtr& item : changed->items) changed->nodes += item->nodes;
  for (const Entry& entry : changed->entries) changed->nodes += entry.value->nodes;
  return changed;
}

bool Inheritance::is_circular(const Node& node) {
  const auto first = std::find(under_way_.begin(), under_way_.end(), &node);
  if (first == under_way_.end()) {
    if (under_way_.size() < kDeepest) return false;
    findings_.add(
        finding_at(node.place, "a chain of more than " + std::to_string(kDeepest) + " inheritances"));
    return true;
  }
  std::string chain;
  for (auto link = first; link != under_way_.end(); ++link) chain += to_text((*link)->place) + " -> ";
  findings_.add(finding_at(node.place,
                           "an inheritance that leads back to itself: " + chain + to_text(node.place),
                           "a parent that does not inherit this"));
  return true;
}

NodePtr Inheritance::inherited(const NodePtr& node, const Home& home) {
  const auto wish = wish_of(*node, home);
  if (!wish) return null_at(node->place);
  if (is_circular(*node)) return null_at(node->place);
  under_way_.push_back(node.get());
  NodePtr base = fetched(*wish);
  NodePtr over = wish->rest ? with_resolved_parts(wish->rest, home) : nullptr;
  under_way_.pop_back();
  if (!base) return over ? over : null_at(node->place);
  if (over && !over->entries.empty() && base->kind != Kind::mapping) {
    findings_.add(finding_at(node->place, "keys beside an inherited value that is " + describe(*base),
                             "keys beside an inherited mapping"));
    return base;
  }
  return over ? patched(base, over) : base;
}

bool Inheritance::take(const Node& value, std::string_view what, std::string& text) {
  if (value.kind == Kind::scalar && !value.text.empty()) {
    text = value.text;
    return true;
  }
  findings_.add(
      finding_at(value.place, "the " + std::string(what) + " of an !inherit is " + describe(value), "text"));
  return false;
}

std::optional<Inheritance::Wish> Inheritance::wish_of(const Node& node, const Home& home) {
  Wish wish;
  wish.category = home.category;
  wish.place = node.place;
  const std::array<std::string*, 3> places{&wish.parent, &wish.key, &wish.category};
  bool good = true;
  if (node.kind == Kind::scalar) {
    good = take(node, kInheritKeys[0], wish.parent);
  } else if (node.kind == Kind::sequence) {
    for (std::size_t i = 0; i < std::min(node.items.size(), places.size()); ++i) {
      good = take(*node.items[i], kInheritKeys[i], *places[i]) && good;
    }
    if (node.items.size() > places.size()) {
      findings_.add(finding_at(node.items[places.size()]->place, "a fourth value of an !inherit", kForms));
      good = false;
    }
  } else {
    auto rest = std::make_shared<Node>(node);
    rest->tag.clear();
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Entry* const entry = node.find(kInheritKeys[i]);
      if (!entry) continue;
      good = take(*entry->value, kInheritKeys[i], *places[i]) && good;
      rest->nodes -= entry->value->nodes;
      std::erase_if(rest->entries, [&](const Entry& e) { return e.key == kInheritKeys[i]; });
    }
    for (const Entry& entry : rest->entries) beside_.emplace(entry.place.source.get(), entry.place.offset);
    wish.rest = rest;
  }
  if (!good) return std::nullopt;
  if (wish.parent.empty()) {
    findings_.add(finding_at(node.place, "an !inherit without a parent", kForms,
                             yaml::nearest_name("parent", keys_of(node))));
    return std::nullopt;
  }
  const bool from_here = wish.parent.starts_with('.');
  if (from_here) wish.parent.erase(0, 1);
  wish.first_root = from_here ? home.root : home.root + 1;
  if (wish.key.empty()) wish.key = wish.parent;
  return wish;
}

NodePtr Inheritance::fetched(const Wish& wish) {
  const File* const file = open(wish.category, wish.parent, wish.first_root);
  if (!file) {
    add_missing(wish);
    return nullptr;
  }
  return file->document ? at_key(wish, *file) : nullptr;  // the latter is a finding already
}

void Inheritance::add_missing(const Wish& wish) {
  const auto& roots = search_path_.roots();
  std::string where;
  for (std::size_t i = wish.first_root; i < roots.size(); ++i) {
    where += (where.empty() ? "" : ", ") + (roots[i] / wish.category).string();
  }
  const auto names = search_path_.names(wish.category, wish.first_root);
  findings_.add(finding_at(wish.place, "the parent " + yaml::in_quotes(wish.parent) + ", which is not there",
                           where.empty() ? "a parent in a later root, and there is none; '." + wish.parent +
                                               "' is looked for from this root on"
                                         : "a file of that name in " + where,
                           yaml::nearest_name(wish.parent, views(names))));
}

NodePtr Inheritance::at_key(const Wish& wish, const File& file) {
  NodePtr node = file.document;
  // Below an !inherit the tree is the resolved one, whose parts are resolved too.
  bool is_resolved = false;
  std::string_view path = wish.key;
  while (!path.empty()) {
    if (!is_resolved && node->tag == kInheritTag) {
      node = resolved(node, file.home);
      is_resolved = true;
    }
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view part = path.substr(0, dot);
    const Entry* const entry = node->kind == Kind::mapping ? node->find(part) : nullptr;
    if (!entry) {
      const auto keys = keys_of(*node);
      findings_.add(finding_at(wish.place,
                               "the key " + yaml::in_quotes(wish.key) + ": there is no " +
                                   yaml::in_quotes(part) + " in " + to_text(node->place),
                               keys.empty() ? "" : yaml::any_of(keys), yaml::nearest_name(part, keys)));
      return nullptr;
    }
    node = entry->value;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return is_resolved ? node : resolved(node, file.home);
}

}  // namespace silex::action
