// Packets as frames.
#include "net/wire.hpp"

#include "net/codec/codec_error.hpp"
#include "net/codec/socket_io_decode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

TEST(Wire, WritesPacketsAsSocketIoDoes) {
  const auto text = [](const std::vector<Frame>& frames) { return frames.at(0).payload; };
  EXPECT_EQ(wire::connect_packet("/", Json::object()), "40");
  EXPECT_EQ(wire::connect_packet("/dcc", {{"a", 1}}), "40/dcc,{\"a\":1}");
  EXPECT_EQ(wire::disconnect_packet("/dcc"), "41/dcc,");
  EXPECT_EQ(text(wire::event_packet("/", "e", {}, 0)), "42[\"e\"]");
  EXPECT_EQ(text(wire::event_packet("/a", "e", {1, Json::array()}, 7)), "42/a,7[\"e\",1,[]]");
  EXPECT_EQ(text(wire::ack_packet("/a", 7, {})), "43/a,7[]");
  EXPECT_EQ(text(wire::ack_packet("/a", 7, {"[", 1})), "43/a,7[\"[\",1]");
}

TEST(Wire, ReadsBackWhatItWrites) {
  const Arguments arguments{{{"bytes", Json::binary({1, 2})}, {"n", 3}}, Json::binary({}), "x"};
  socket_io::Decoder decoder;
  std::optional<socket_io::Packet> packet;
  for (const Frame& frame : wire::event_packet("/dcc", "e", arguments, 12)) {
    ASSERT_FALSE(packet);
    packet = frame.binary ? decoder.attachment(frame.payload)
                          : decoder.text(std::string_view(frame.payload).substr(1));
  }
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->nsp, "/dcc");
  EXPECT_EQ(packet->name, "e");
  EXPECT_EQ(packet->id, 12U);
  EXPECT_EQ(packet->arguments, arguments);
}

TEST(Wire, RefusesWhatCannotGoOver) {
  EXPECT_THROW(wire::connect_packet("/", {{"token", "\xff"}}), CodecError);
  EXPECT_THROW(wire::event_packet("/", "e", {"\xff"}, 0), CodecError);
  EXPECT_THROW(wire::event_packet("/", "disconnect", {}, 0), CodecError);
}

}  // namespace
}  // namespace silex::net::test
