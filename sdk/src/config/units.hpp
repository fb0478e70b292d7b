// Durations and sizes as people write them. Pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silex::config {

// "250ms", "1.5 s"; the units are ns, us, ms, s, min and h. Nothing where it is none, is negative, or is more
// than 292 years.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);
// In the largest unit that leaves a whole number.
std::string to_text(std::chrono::nanoseconds duration);

// "64MiB", "512 kB", "4096"; the units are B, kB, MB, GB, KiB, MiB and GiB, in any case. Nothing where it is
// none, or is more than 2^63 bytes.
std::optional<std::uint64_t> parse_bytes(std::string_view text);
// In the largest binary unit that leaves a whole number.
std::string bytes_to_text(std::uint64_t bytes);

}  // namespace silex::config
