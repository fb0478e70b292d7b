// A YAML document as a tree of values that know where they were written. Immutable once read, so that parts
// of it can be shared between threads and trees.
#pragma once

#include "yaml/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace silex::yaml {

// What was read, and what to call it in a finding.
struct Source {
  std::string name;
  std::string text;  // UTF-8, without a byte order mark
};

struct Place {
  std::shared_ptr<const Source> source;  // nullptr: nowhere
  std::size_t offset = 0;                // bytes into source->text
  int line = 0;                          // from 1
};

// A finding at a place; the column is counted here.
Finding finding_at(const Place& place, std::string found, std::string allowed = {}, std::string nearest = {});
// "file:line", for findings that name a second place.
std::string to_text(const Place& place);

enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

struct Node;
using NodePtr = std::shared_ptr<const Node>;

struct Entry {
  std::string key;
  Place place;  // of the key
  NodePtr value;
};

struct Node {
  Kind kind = Kind::null;
  Place place;
  std::string tag;             // "!inherit"; "" where none is written
  bool quoted = false;         // of a scalar: text, whatever it looks like
  std::string text;            // of a scalar
  std::vector<NodePtr> items;  // of a sequence
  std::vector<Entry> entries;  // of a mapping, in the file's order, without duplicates
  std::size_t nodes = 1;       // in this tree, itself and what aliases repeat included

  // The entry of that name, nullptr if there is none.
  [[nodiscard]] const Entry* find(std::string_view key) const noexcept;
};

// "a mapping", "the number 12": for a finding.
std::string describe(const Node& node);

}  // namespace silex::yaml
