#include "yaml/node.hpp"

#include "yaml/scalar.hpp"

#include <algorithm>
#include <utility>

namespace silex::yaml {

namespace {

int column_of(const Place& place) {
  const std::string& text = place.source->text;
  std::size_t at = std::min(place.offset, text.size());
  int column = 1;
  for (; at > 0 && text[at - 1] != '\n'; --at) {
    if ((static_cast<unsigned char>(text[at - 1]) & 0xC0U) != 0x80U) ++column;
  }
  return column;
}

}  // namespace

Finding finding_at(const Place& place, std::string found, std::string allowed, std::string nearest) {
  Finding finding{{}, 0, 0, std::move(found), std::move(allowed), std::move(nearest)};
  if (!place.source) return finding;
  finding.file = place.source->name;
  finding.line = place.line;
  if (place.line > 0) finding.column = column_of(place);
  return finding;
}

std::string to_text(const Place& place) {
  if (!place.source) return "nowhere";
  return place.line > 0 ? place.source->name + ":" + std::to_string(place.line) : place.source->name;
}

const Entry* Node::find(std::string_view key) const noexcept {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [key](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Kind::null:
      return "nothing";
    case Kind::sequence:
      return "a list";
    case Kind::mapping:
      return "a mapping";
    case Kind::scalar:
      break;
  }
  switch (type_of(node)) {
    case ScalarType::null:
      return "nothing";
    case ScalarType::boolean:
      return "the truth value " + in_quotes(node.text);
    case ScalarType::integer:
    case ScalarType::number:
      return "the number " + in_quotes(node.text);
    case ScalarType::text:
      break;
  }
  return "the text " + in_quotes(node.text);
}

}  // namespace silex::yaml
