// Resolves !inherit: what an action takes from others, by whole or in parts.
#pragma once

#include "action/definition/search_path.hpp"
#include "yaml/finding.hpp"
#include "yaml/node.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace silex::action {

inline constexpr std::string_view kInheritTag = "!inherit";
// Of one that is a mapping; its other keys are patched over what it takes.
inline constexpr std::array<std::string_view, 3> kInheritKeys{"parent", "key", "category"};

// For one load: files are read once, and what is resolved once is shared. One thread at a time.
class Inheritance {
 public:
  Inheritance(const SearchPath& search_path, yaml::Findings& findings)
      : search_path_(search_path), findings_(findings) {}

  // A file's whole document, with every !inherit in it resolved. nullptr where there is no such file, or it
  // is no YAML; only the latter is a finding.
  yaml::NodePtr document(std::string_view category, std::string_view name, std::size_t first_root = 0);

  // Whether the key at that place was written in an !inherit, for which it may have been meant.
  [[nodiscard]] bool has_beside(const yaml::Place& key) const;

 private:
  // Where a node was written, as far as it matters to what it inherits.
  struct Home {
    std::string category;
    std::size_t root = 0;
  };
  struct File {
    Home home;
    yaml::NodePtr document;
  };
  // What an !inherit asks for.
  struct Wish {
    std::string parent;
    std::string key;
    std::string category;
    yaml::Place place;
    std::size_t first_root = 0;
    yaml::NodePtr rest;  // what is patched over it; nullptr: nothing
  };

  const File* open(std::string_view category, std::string_view name, std::size_t first_root);
  yaml::NodePtr resolved(const yaml::NodePtr& node, const Home& home);
  yaml::NodePtr inherited(const yaml::NodePtr& node, const Home& home);
  yaml::NodePtr with_resolved_parts(const yaml::NodePtr& node, const Home& home);
  yaml::NodePtr fetched(const Wish& wish);
  yaml::NodePtr at_key(const Wish& wish, const File& file);

  std::optional<Wish> wish_of(const yaml::Node& node, const Home& home);
  bool take(const yaml::Node& value, std::string_view what, std::string& text);
  bool is_circular(const yaml::Node& node);
  void add_missing(const Wish& wish);

  const SearchPath& search_path_;
  yaml::Findings& findings_;
  std::map<std::string, File> files_;  // by path
  std::unordered_map<const yaml::Node*, yaml::NodePtr> done_;
  std::vector<const yaml::Node*> under_way_;
  std::set<std::pair<const yaml::Source*, std::size_t>> beside_;
};

}  // namespace silex::action
