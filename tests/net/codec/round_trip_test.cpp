// What holds for every packet.
#include "net/codec/socket_io_decode.hpp"
#include "net/codec/socket_io_encode.hpp"
#include "random_packet.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace silex::net::socket_io {
namespace {

constexpr EncodeLimits no_limits{.max_payload = 0, .max_attachments = 1'000};

// A new one each time, unless SILEX_TEST_SEED says which.
std::uint64_t seed() {
  static std::random_device device;
  const char* given = std::getenv("SILEX_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : device();
}

struct Frames {
  std::string text;
  std::vector<std::string> attachments;
  bool operator==(const Frames&) const = default;
};

Frames encoded(const Packet& packet) {
  Frames frames;
  Attachments views;
  append_packet(frames.text, views, packet, no_limits);
  frames.attachments.assign(views.begin(), views.end());
  return frames;
}

std::optional<Packet> decoded(Decoder& decoder, const Frames& frames) {
  auto packet = decoder.text(frames.text);
  for (const std::string& attachment : frames.attachments) {
    if (packet) return std::nullopt;  // complete too early
    packet = decoder.attachment(attachment);
  }
  return packet;
}

class RoundTrip : public testing::Test {
 protected:
  const std::uint64_t seed_ = seed();
  const testing::ScopedTrace trace_{__FILE__, __LINE__, "SILEX_TEST_SEED=" + std::to_string(seed_)};
  test::RandomPackets random_{seed_};
};

TEST_F(RoundTrip, APacketComesBackAsItWent) {
  Decoder decoder;
  for (int i = 0; i < 300; ++i) {
    const Packet packet = random_.packet();
    const auto back = decoded(decoder, encoded(packet));
    ASSERT_TRUE(back) << encoded(packet).text;
    ASSERT_TRUE(*back == packet) << encoded(packet).text;
  }
}

TEST_F(RoundTrip, TheTextOfWhatCameBackIsTheSame) {
  Decoder decoder;
  for (int i = 0; i < 300; ++i) {
    const Frames frames = encoded(random_.packet());
    ASSERT_TRUE(encoded(*decoded(decoder, frames)) == frames) << frames.text;
  }
}

TEST_F(RoundTrip, TheHeaderSaysTheSameAsThePacket) {
  for (int i = 0; i < 300; ++i) {
    const Packet packet = random_.packet();
    const Frames frames = encoded(packet);
    const Header header = read_header(frames.text);
    ASSERT_EQ(header.type, packet.type) << frames.text;
    ASSERT_EQ(header.nsp, packet.nsp) << frames.text;
    ASSERT_EQ(header.id, packet.id) << frames.text;
    ASSERT_EQ(header.attachments, frames.attachments.size()) << frames.text;
  }
}

// Nothing but a packet or a CodecError comes of any text, and what is taken for a packet can be written
// again.
TEST_F(RoundTrip, ADamagedTextIsRefusedOrIsAnotherPacket) {
  std::mt19937_64 random(seed_);
  for (int i = 0; i < 300; ++i) {
    Frames frames = encoded(random_.packet());
    for (auto changes = 1 + random() % 3; changes > 0 && !frames.text.empty(); --changes) {
      const std::size_t at = random() % frames.text.size();
      if (random() % 2 == 0) {
        frames.text[at] = static_cast<char>(random());
      } else {
        frames.text.erase(at, 1 + random() % 4);
      }
    }
    Decoder decoder;
    try {
      if (const auto packet = decoded(decoder, frames)) {
        ASSERT_TRUE(*decoded(decoder, encoded(*packet)) == *packet) << frames.text;
      }
    } catch (const CodecError& error) {
      ASSERT_STRNE(error.what(), "");
    }
  }
}

TEST_F(RoundTrip, EveryBeginningOfATextIsRefused) {
  for (int i = 0; i < 20; ++i) {
    const Packet packet = random_.packet();
    if (packet.type != Type::event && packet.type != Type::ack) continue;
    const std::string text = encoded(packet).text;
    for (std::size_t size = 0; size < text.size(); ++size) {
      ASSERT_THROW(Decoder().text(std::string_view(text).substr(0, size)), CodecError)
          << text << ", " << size;
    }
  }
}

}  // namespace
}  // namespace silex::net::socket_io
