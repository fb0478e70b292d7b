// What a scalar means by YAML 1.1 as PyYAML reads it, with which the Python client reads definitions. Its
// dates are text here. Pure functions.
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

// true, yes, on, false, no, off, in any case: without a tag or a type, yEs is text all the same.
std::optional<bool> to_boolean(std::string_view text);
// Decimal, 0b101, 0x1F, octal 017 and 1:30, which is 90; underscores anywhere behind the first digit.
std::optional<std::int64_t> to_integer(std::string_view text);
// An integer too; .inf and .nan. Of what is text without a tag or a type, 1e3 and -.5 too.
std::optional<double> to_number(std::string_view text);

}  // namespace silex::yaml
