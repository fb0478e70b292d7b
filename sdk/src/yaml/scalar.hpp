// What a scalar means by YAML's core schema, with the words of YAML 1.1 for truth. Pure functions.
#pragma once

#include "yaml/node.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace silex::yaml {

enum class ScalarType : std::uint8_t { null, boolean, integer, number, text };

// What the text would be if it stood in a file without quotes.
ScalarType type_of(std::string_view text);
// The same for a node; quotes and the tags !!str, !!int, !!float and !!bool count. Scalars only.
ScalarType type_of(const Node& node);

// true, yes, on, false, no, off, in any case.
std::optional<bool> to_boolean(std::string_view text);
// Decimal, 0x and 0o; underscores between digits.
std::optional<std::int64_t> to_integer(std::string_view text);
// An integer too; .inf and .nan.
std::optional<double> to_number(std::string_view text);

}  // namespace silex::yaml
