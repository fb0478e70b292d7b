#include "config/units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <span>

namespace silex::config {

namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array<Unit, 6> kTimes{{{"h", 3'600'000'000'000},
                                      {"min", 60'000'000'000},
                                      {"s", 1'000'000'000},
                                      {"ms", 1'000'000},
                                      {"us", 1'000},
                                      {"ns", 1}}};

// The binary ones first: they are what sizes are written in.
constexpr std::array<Unit, 7> kSizes{{{"GiB", 1U << 30U},
                                      {"MiB", 1U << 20U},
                                      {"KiB", 1U << 10U},
                                      {"B", 1},
                                      {"GB", 1'000'000'000},
                                      {"MB", 1'000'000},
                                      {"kB", 1'000}}};

bool same_but_for_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

// A number of units; the product is exact for whole numbers.
std::optional<std::uint64_t> parse(std::string_view text, std::span<const Unit> units, bool needs_unit) {
  const char* const end = text.data() + text.size();
  if (text.empty() || !std::isdigit(static_cast<unsigned char>(text.front()))) return std::nullopt;
  double number = 0;
  const auto [after, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  std::string_view unit(after, static_cast<std::size_t>(end - after));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  std::uint64_t factor = 1;
  if (unit.empty()) {
    // A bare zero needs no unit.
    if (needs_unit && number != 0) return std::nullopt;
  } else {
    const auto known = std::find_if(units.begin(), units.end(),
                                    [unit](const Unit& u) { return same_but_for_case(u.name, unit); });
    if (known == units.end()) return std::nullopt;
    factor = known->factor;
  }
  const double product = number * static_cast<double>(factor);
  if (!(product < std::ldexp(1.0, 63))) return std::nullopt;
  return static_cast<std::uint64_t>(std::llround(product));
}

std::string write(std::uint64_t value, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (value % unit.factor == 0) return std::to_string(value / unit.factor) + std::string(unit.name);
  }
  return std::to_string(value);
}

}  // namespace

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  const auto count = parse(text, kTimes, true);
  if (!count) return std::nullopt;
  return std::chrono::nanoseconds(static_cast<std::int64_t>(*count));
}

std::string to_text(std::chrono::nanoseconds duration) {
  if (duration.count() == 0) return "0s";
  return write(static_cast<std::uint64_t>(duration.count()), kTimes);
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  return parse(text, kSizes, false);
}

std::string bytes_to_text(std::uint64_t bytes) {
  return bytes == 0 ? "0B" : write(bytes, std::span(kSizes).first(4));
}

}  // namespace silex::config
