#include "net/codec/json_number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace silex::net {
namespace {

template <typename Integer>
void append_integer(std::string& out, Integer number) {
  std::array<char, 24> text{};
  char* const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  out.append(text.data(), end);
}

// Whether the number is 1 or more, which for one that no double can hold says on which side it falls out.
bool is_large(std::string_view number) {
  const auto exponent_at = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, exponent_at);
  const auto first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  const auto point = std::min(mantissa.find('.'), mantissa.size());
  // The power of ten of the first digit that counts.
  const auto position = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (exponent_at == number.size()) return position > 0;
  std::string_view exponent = number.substr(exponent_at + 1);
  if (exponent.front() == '+') exponent.remove_prefix(1);
  std::int64_t power = 0;
  if (std::from_chars(exponent.data(), exponent.data() + exponent.size(), power).ec != std::errc()) {
    return exponent.front() != '-';
  }
  constexpr std::int64_t beyond_any_text = std::int64_t{1} << 60U;
  if (power > beyond_any_text) return true;
  return power > -beyond_any_text && position + power > 0;
}

}  // namespace

void append_number(std::string& out, std::int64_t number) {
  append_integer(out, number);
}

void append_number(std::string& out, std::uint64_t number) {
  append_integer(out, number);
}

// https://tc39.es/ecma262/#sec-numeric-types-number-tostring
void append_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  // "d.ddde+xx": the digits are the shortest ones, only their layout differs from ECMAScript's.
  std::array<char, 32> text{};
  const auto* const end =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::scientific).ptr;
  std::string_view scientific(text.data(), static_cast<std::size_t>(end - text.data()));
  if (scientific.front() == '-') {
    out += '-';
    scientific.remove_prefix(1);
  }
  const std::size_t e = scientific.find('e');
  const char* const exponent_begin = scientific.data() + e + (scientific[e + 1] == '+' ? 2 : 1);
  int exponent = 0;
  std::from_chars(exponent_begin, end, exponent);
  std::string digits(scientific.substr(0, 1));
  if (e > 2) digits.append(scientific.substr(2, e - 2));
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // how many digits stand before the point
  if (point > 21 || point < -5) {
    out += digits[0];
    if (count > 1) out.append(1, '.').append(digits, 1);
    out.append(exponent < 0 ? "e-" : "e+");
    append_integer(out, std::abs(exponent));
  } else if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
  } else if (count <= point) {
    out.append(digits).append(static_cast<std::size_t>(point - count), '0').append(".0");
  } else {
    out.append(digits, 0, static_cast<std::size_t>(point)).append(1, '.');
    out.append(digits, static_cast<std::size_t>(point));
  }
}

std::optional<double> to_double(std::string_view number) {
  double result = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), result);
  if (error == std::errc()) return result;
  if (is_large(number)) return std::nullopt;
  return number.front() == '-' ? -0.0 : 0.0;
}

}  // namespace silex::net
