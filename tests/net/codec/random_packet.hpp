// Packets for property tests: every value a pure function of the generator's seed.
#pragma once

#include "net/codec/packet.hpp"

#include <random>

namespace silex::net::test {

class RandomPackets {
 public:
  explicit RandomPackets(std::uint64_t seed) : random_(seed) {}

  socket_io::Packet packet();
  Json value(int depth, bool binary);
  // UTF-8 with control characters, quotes, escapes and every length of sequence.
  std::string text();

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  Arguments arguments();
  Json object(int depth, bool binary);
  Json number();

  std::mt19937_64 random_;
};

}  // namespace silex::net::test
