#include "net/codec/engine_io.hpp"

#include "refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::engine_io {
namespace {

using std::chrono::milliseconds;
using test::refusal;
using test::refusal_sentence;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(EngineIo, ReadsEveryTypeOfPacket) {
  EXPECT_EQ(decode("0{}").type, Type::open);
  EXPECT_EQ(decode("0{}").data, "{}");
  EXPECT_EQ(decode("1").type, Type::close);
  EXPECT_EQ(decode("2").type, Type::ping);
  EXPECT_EQ(decode("3").type, Type::pong);
  EXPECT_EQ(decode("42[\"a\"]").type, Type::message);
  EXPECT_EQ(decode("42[\"a\"]").data, "2[\"a\"]");
  EXPECT_EQ(decode("5").type, Type::upgrade);
  EXPECT_EQ(decode("6").type, Type::noop);
}

TEST(EngineIo, APingMayCarryDataForThePong) {
  EXPECT_EQ(decode("2probe").data, "probe");
  EXPECT_EQ(decode("3probe").data, "probe");
}

TEST(EngineIo, AMessageMayBeEmpty) {
  EXPECT_EQ(decode("4").data, "");
}

TEST(EngineIo, WritesEveryTypeOfPacket) {
  std::string out = "before ";
  append(out, Type::pong, "probe");
  EXPECT_EQ(out, "before 3probe");
  for (const Type type :
       {Type::open, Type::close, Type::ping, Type::pong, Type::message, Type::upgrade, Type::noop}) {
    std::string frame;
    append(frame, type);
    EXPECT_EQ(decode(frame).type, type);
  }
}

TEST(EngineIo, SaysWhatIsWrongWithAFrame) {
  EXPECT_EQ(refusal_sentence([] { decode(""); }),
            "the Engine.IO packet is malformed at byte 0: found the end, expected a type from '0' to '6'");
  EXPECT_EQ(refusal_sentence([] { decode("7"); }),
            "the Engine.IO packet is malformed at byte 0: found '7', expected a type from '0' to '6'");
  EXPECT_EQ(refusal_sentence([] { decode("\xc3\xa9"); }),
            "the Engine.IO packet is malformed at byte 0: found byte 0xc3, expected a type from '0' to '6'");
  EXPECT_EQ(refusal_sentence([] { decode("bAQID"); }),
            "the Engine.IO packet is malformed at byte 0: found 'b', expected a type from '0' to '6' (base64 "
            "belongs to "
            "polling, here binary frames do it)");
  for (const char* with_data : {"1x", "5x", "6x"}) {
    EXPECT_EQ(refusal_sentence([&] { decode(with_data); }),
              "the Engine.IO packet is malformed at byte 1: found 'x', expected the end, as close, upgrade "
              "and noop "
              "carry no data");
  }
}

TEST(EngineIoHandshake, IsReadAsTheServerWritesIt) {
  const Handshake handshake = decode_handshake(
      R"({"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000})");
  EXPECT_EQ(handshake.sid, "lv_VI97HAXpY6yYWAAAC");
  EXPECT_THAT(handshake.upgrades, ElementsAre("websocket"));
  EXPECT_EQ(handshake.ping_interval, milliseconds(25'000));
  EXPECT_EQ(handshake.ping_timeout, milliseconds(20'000));
  EXPECT_EQ(handshake.max_payload, 1'000'000U);
}

TEST(EngineIoHandshake, MayLackWhatOlderServersDoNotSayAndHaveMore) {
  const Handshake handshake =
      decode_handshake(R"({"sid":"a","pingInterval":1,"pingTimeout":2147483647,"new":[1]})");
  EXPECT_THAT(handshake.upgrades, IsEmpty());
  EXPECT_EQ(handshake.ping_interval, milliseconds(1));
  EXPECT_EQ(handshake.ping_timeout, longest_interval);
  EXPECT_EQ(handshake.max_payload, 0U);
}

TEST(EngineIoHandshake, ReadsBackWhatItWrites) {
  Handshake handshake;
  handshake.sid = "a\"b";
  handshake.upgrades = {"websocket", "webtransport"};
  handshake.max_payload = 5;
  std::string text;
  append_handshake(text, handshake);
  EXPECT_EQ(
      text,
      R"({"sid":"a\"b","upgrades":["websocket","webtransport"],"pingInterval":25000,"pingTimeout":20000,)"
      R"("maxPayload":5})");
  const Handshake read = decode_handshake(text);
  EXPECT_EQ(read.sid, handshake.sid);
  EXPECT_EQ(read.upgrades, handshake.upgrades);
  EXPECT_EQ(read.ping_interval, handshake.ping_interval);
  EXPECT_EQ(read.ping_timeout, handshake.ping_timeout);
  EXPECT_EQ(read.max_payload, handshake.max_payload);
}

TEST(EngineIoHandshake, SaysWhatIsWrong) {
  const auto sentence = [](std::string_view text) {
    return refusal_sentence([text] { decode_handshake(text); });
  };
  const std::string start = "the Engine.IO hand-shake is malformed";
  EXPECT_EQ(sentence(""), start + " at byte 0: found the end, expected '{'");
  EXPECT_EQ(sentence("[]"), start + " at byte 0: found '[', expected '{'");
  EXPECT_EQ(sentence(R"({"sid":})"), start + " at byte 7: found '}', expected a value");
  EXPECT_EQ(sentence(R"({}x)"), start + " at byte 2: found 'x', expected the end");
  const std::string sid = start + ": its \"sid\" must be a text that is not empty";
  EXPECT_EQ(sentence("{}"), sid);
  EXPECT_EQ(sentence(R"({"sid":""})"), sid);
  EXPECT_EQ(sentence(R"({"sid":7})"), sid);
  const std::string upgrades = start + ": its \"upgrades\" must be a list of texts";
  EXPECT_EQ(sentence(R"({"sid":"a","upgrades":"websocket"})"), upgrades);
  EXPECT_EQ(sentence(R"({"sid":"a","upgrades":[1]})"), upgrades);
  for (const char* interval : {"0", "-1", "1.5", "2147483648", "1e3", "null", "\"25000\""}) {
    const std::string given(interval);
    EXPECT_EQ(sentence(R"({"sid":"a","pingTimeout":1,"pingInterval":)" + given + "}"),
              start + ": its \"pingInterval\" must be a number of milliseconds from 1 to 2147483647");
    EXPECT_EQ(sentence(R"({"sid":"a","pingInterval":1,"pingTimeout":)" + given + "}"),
              start + ": its \"pingTimeout\" must be a number of milliseconds from 1 to 2147483647");
  }
  EXPECT_EQ(sentence(R"({"sid":"a","pingInterval":1,"pingTimeout":1,"maxPayload":-1})"),
            start + ": its \"maxPayload\" must be a number of bytes");
}

TEST(EngineIoHandshake, LeavesTheTextAsItWasWhenItCannotBeSent) {
  std::string text = "before";
  Handshake handshake;
  handshake.sid = "\xff";
  EXPECT_EQ(
      refusal_sentence([&] { append_handshake(text, handshake); }),
      "the Engine.IO hand-shake cannot be sent: the text \"?\" in it is not UTF-8 at its byte 0; convert it "
      "first");
  EXPECT_EQ(text, "before");
}

}  // namespace
}  // namespace silex::net::engine_io
