#include "yaml/scalar.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace silex::yaml {

namespace {

constexpr std::string_view kStandardTag = "tag:yaml.org,2002:";

bool equals(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char left, char right) {
    return std::tolower(static_cast<unsigned char>(left)) == right;
  });
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Without the underscores that may stand between two digits; nothing where one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string bare;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      bare += text[i];
      continue;
    }
    const bool between = i > 0 && i + 1 < text.size() &&
                         std::isxdigit(static_cast<unsigned char>(text[i - 1])) &&
                         std::isxdigit(static_cast<unsigned char>(text[i + 1]));
    if (!between) return std::nullopt;
  }
  return bare;
}

}  // namespace

std::optional<bool> to_boolean(std::string_view text) {
  for (const auto* word : {"true", "yes", "on"}) {
    if (equals(text, word)) return true;
  }
  for (const auto* word : {"false", "no", "off"}) {
    if (equals(text, word)) return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> to_integer(std::string_view text) {
  const auto bare = without_underscores(text);
  if (!bare) return std::nullopt;
  std::string_view digits = *bare;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  int base = 10;
  if (digits.starts_with("0x")) base = 16;
  if (digits.starts_with("0o")) base = 8;
  if (base != 10) digits.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (value > largest + (negative ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? ~value + 1 : value);
}

std::optional<double> to_number(std::string_view text) {
  if (const auto integer = to_integer(text)) return static_cast<double>(*integer);
  const auto bare = without_underscores(text);
  if (!bare || bare->empty()) return std::nullopt;
  std::string_view digits = *bare;
  const double sign = digits.starts_with('-') ? -1 : 1;
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  if (equals(digits, ".inf")) return sign * std::numeric_limits<double>::infinity();
  if (equals(*bare, ".nan")) return std::numeric_limits<double>::quiet_NaN();
  // from_chars takes "inf" and "nan" as well, which are words in YAML.
  if (digits.empty() ||
      !(is_digit(digits[0]) || (digits[0] == '.' && digits.size() > 1 && is_digit(digits[1])))) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return sign * value;
}

ScalarType type_of(std::string_view text) {
  if (text.empty() || text == "~" || equals(text, "null")) return ScalarType::null;
  if (to_boolean(text)) return ScalarType::boolean;
  if (to_integer(text)) return ScalarType::integer;
  if (to_number(text)) return ScalarType::number;
  return ScalarType::text;
}

ScalarType type_of(const Node& node) {
  std::string_view tag = node.tag;
  if (tag.starts_with(kStandardTag)) {
    tag.remove_prefix(kStandardTag.size());
    if (tag == "int") return ScalarType::integer;
    if (tag == "float") return ScalarType::number;
    if (tag == "bool") return ScalarType::boolean;
    if (tag == "str") return ScalarType::text;
  }
  return node.quoted ? ScalarType::text : type_of(node.text);
}

}  // namespace silex::yaml
