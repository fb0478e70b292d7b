#include "host.hpp"

#include <cstdint>
#include <cstdio>

// FNV-1a, again and again: http://www.isthe.com/chongo/tech/comp/fnv/
std::string slow_checksum(const std::string& text) {
  constexpr int kRounds = 5'000'000;
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (int round = 0; round < kRounds; ++round) {
    for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  }
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}
