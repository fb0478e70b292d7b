// Frames as bytes. What they carry is tested with a peer (transport_test.cpp).
#include "net/websocket_protocol.hpp"

#include <array>
#include <barrier>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

class NoEvents final : public WebSocketProtocol::Events {
 public:
  bool hand_shaken() override { return true; }
  bool message(std::string_view /*payload*/, bool /*binary*/) override { return true; }
  bool pong() override { return true; }
  bool peer_closes(std::uint16_t /*code*/, std::string_view /*reason*/) override { return true; }
};

std::string frame_of(std::size_t length) {
  NoEvents events;
  WebSocketProtocol protocol({}, events);
  std::string frame;
  protocol.append_message(frame, std::string(length, 'x'), false);
  return frame;
}

TEST(WebSocketProtocol, AFrameSaysHowLongItIs) {
  EXPECT_EQ(frame_of(5).substr(0, 2), std::string("\x81\x85"));
  EXPECT_EQ(frame_of(300).substr(0, 4), std::string("\x81\xfe\x01\x2c", 4));
  EXPECT_EQ(frame_of(70'000).substr(0, 10), std::string("\x81\xff\0\0\0\0\0\x01\x11\x70", 10));
}

// Each runtime of a process has a net thread of its own. ThreadSanitizer sees what they share; neither thread
// ends before the other has written its frame, since an end orders what came before it.
TEST(WebSocketProtocol, TwoThreadsMayEachHaveOne) {
  std::array<std::string, 2> frames;
  std::barrier both(2);
  const auto write = [&](std::string& frame) {
    frame = frame_of(300);
    both.arrive_and_wait();
  };
  std::thread one([&] { write(frames[0]); });
  std::thread other([&] { write(frames[1]); });
  one.join();
  other.join();
  EXPECT_EQ(frames[0].size(), 308U);
  EXPECT_EQ(frames[1].size(), 308U);
}

}  // namespace
}  // namespace silex::net::test
