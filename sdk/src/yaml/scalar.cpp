#include "yaml/scalar.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
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

// PyYAML knows these as they are written here; to_boolean() and the tag !!bool know them in any case.
constexpr std::array<std::string_view, 18> kTruths{"yes",  "Yes",  "YES",  "no",    "No",    "NO",
                                                   "true", "True", "TRUE", "false", "False", "FALSE",
                                                   "on",   "On",   "ON",   "off",   "Off",   "OFF"};
constexpr std::array<std::string_view, 5> kNulls{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> kInfinities{".inf", ".Inf", ".INF"};
constexpr std::array<std::string_view, 3> kNans{".nan", ".NaN", ".NAN"};

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// A text, passed over from its front.
class Rest {
 public:
  explicit Rest(std::string_view text) : text_(text) {}
  [[nodiscard]] bool ended() const { return text_.empty(); }
  [[nodiscard]] std::string_view text() const { return text_; }
  bool word(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  bool one(std::string_view of) { return count(of, 1) == 1; }
  std::size_t all(std::string_view of) { return count(of, text_.size()); }

 private:
  std::size_t count(std::string_view of, std::size_t most) {
    const std::size_t found = std::min({text_.find_first_not_of(of), text_.size(), most});
    text_.remove_prefix(found);
    return found;
  }
  std::string_view text_;
};

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kDigitsAndLines = "0123456789_";

// ":59", any number of times; false where a part is no such.
bool pass_sixties(Rest& rest) {
  while (rest.word(":")) {
    const bool may_have_two = rest.one("012345");
    if (!rest.one(kDigits) && !may_have_two) return false;
  }
  return true;
}

void pass_exponent(Rest& rest) {
  Rest after = rest;
  if (after.one("eE") && after.one("+-") && after.all(kDigits) > 0) rest = after;
}

// The patterns of PyYAML's resolver, for YAML 1.1's !!int and !!float.
bool is_integer(std::string_view text) {
  Rest rest(text);
  rest.one("+-");
  if (rest.word("0b")) return rest.all("01_") > 0 && rest.ended();
  if (rest.word("0x")) return rest.all("0123456789abcdefABCDEF_") > 0 && rest.ended();
  if (rest.word("0")) {
    rest.all("01234567_");
    return rest.ended();
  }
  if (!rest.one("123456789")) return false;
  rest.all(kDigitsAndLines);
  return pass_sixties(rest) && rest.ended();
}

bool is_number(std::string_view text) {
  Rest rest(text);
  const bool has_sign = rest.one("+-");
  if (is_one_of(rest.text(), kInfinities)) return true;
  if (!has_sign && is_one_of(text, kNans)) return true;
  if (!has_sign && rest.word(".")) {
    if (!rest.one(kDigits)) return false;
    rest.all(kDigitsAndLines);
    pass_exponent(rest);
    return rest.ended();
  }
  if (!rest.one(kDigits)) return false;
  rest.all(kDigitsAndLines);
  const bool has_sixties = rest.text().starts_with(':');
  if (!pass_sixties(rest) || !rest.word(".")) return false;
  rest.all(kDigitsAndLines);
  if (!has_sixties) pass_exponent(rest);
  return rest.ended();
}

// What is behind the sign, without underscores; returns whether the sign is a minus.
bool take_sign(std::string_view text, std::string& digits) {
  digits = text;
  std::erase(digits, '_');
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  return negative;
}

template <typename Number, typename... Base>
std::optional<Number> whole_text(std::string_view text, Base... base) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base...);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "1:30:00": each part is worth 60 of the next.
template <typename Number>
std::optional<Number> in_sixties(std::string_view text) {
  Number value{};
  for (;;) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const auto part = whole_text<Number>(text.substr(0, end));
    if (!part || value > (std::numeric_limits<Number>::max() - *part) / 60) return std::nullopt;
    value = value * 60 + *part;
    if (end == text.size()) return value;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::uint64_t> magnitude(std::string_view digits) {
  if (digits.starts_with("0b")) return whole_text<std::uint64_t>(digits.substr(2), 2);
  if (digits.starts_with("0x")) return whole_text<std::uint64_t>(digits.substr(2), 16);
  if (digits.starts_with('0')) return whole_text<std::uint64_t>(digits, 8);
  return in_sixties<std::uint64_t>(digits);
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
  if (!is_integer(text)) return std::nullopt;
  std::string digits;
  const bool negative = take_sign(text, digits);
  const auto value = magnitude(digits);
  const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!value || *value > largest + (negative ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? ~*value + 1 : *value);
}

std::optional<double> to_number(std::string_view text) {
  if (const auto integer = to_integer(text)) return static_cast<double>(*integer);
  std::string digits;
  const double sign = take_sign(text, digits) ? -1 : 1;
  if (equals(digits, ".inf")) return sign * std::numeric_limits<double>::infinity();
  if (equals(text, ".nan")) return std::numeric_limits<double>::quiet_NaN();
  std::optional<double> value;
  if (is_number(text)) {
    value = in_sixties<double>(digits);
  } else if (is_integer(text)) {
    // Too large for one. Of another base than ten it is no quantity, but bits.
    if (!digits.starts_with('0')) value = in_sixties<double>(digits);
  } else if (text.find_first_not_of("0123456789.eE+-") == std::string_view::npos &&
             !digits.starts_with('-')) {
    // from_chars takes "inf", "nan" and a second sign as well, which are words in YAML.
    value = whole_text<double>(digits);
  }
  return value ? std::optional(sign * *value) : std::nullopt;
}

ScalarType type_of(std::string_view text) {
  if (is_one_of(text, kNulls)) return ScalarType::null;
  if (is_one_of(text, kTruths)) return ScalarType::boolean;
  if (to_integer(text)) return ScalarType::integer;
  if ((is_number(text) || is_integer(text)) && to_number(text)) return ScalarType::number;
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
