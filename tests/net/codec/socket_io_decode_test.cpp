#include "net/codec/socket_io_decode.hpp"

#include "refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::socket_io {
namespace {

using test::refusal;
using testing::ElementsAre;
using testing::IsEmpty;

Packet whole(std::string_view text) {
  Decoder decoder;
  auto packet = decoder.text(text);
  EXPECT_TRUE(packet) << text;
  return packet ? *packet : Packet();
}

TEST(SocketIoDecoder, ReadsConnect) {
  const Packet packet = whole(R"(0/dcc,{"sid":"abc"})");
  EXPECT_EQ(packet.type, Type::connect);
  EXPECT_EQ(packet.nsp, "/dcc");
  EXPECT_EQ(packet.data, Json({{"sid", "abc"}}));
  EXPECT_EQ(whole("0").data, nullptr);
}

TEST(SocketIoDecoder, ReadsConnectErrorAsObjectOrText) {
  const Packet packet = whole(R"(4/dcc,{"message":"Not authorized","data":{"code":7}})");
  EXPECT_EQ(packet.type, Type::connect_error);
  EXPECT_EQ(packet.data["message"], "Not authorized");
  EXPECT_EQ(packet.data["data"]["code"], 7);
  EXPECT_EQ(whole("4\"no\"").data, "no");
}

TEST(SocketIoDecoder, ReadsDisconnect) {
  EXPECT_EQ(whole("1/dcc,").type, Type::disconnect);
  EXPECT_EQ(whole("1/dcc,").nsp, "/dcc");
}

TEST(SocketIoDecoder, ReadsEvents) {
  const Packet packet = whole(R"(2/dcc,12["update",{"a":1},null])");
  EXPECT_EQ(packet.type, Type::event);
  EXPECT_EQ(packet.nsp, "/dcc");
  EXPECT_EQ(packet.id, 12U);
  EXPECT_EQ(packet.name, "update");
  EXPECT_THAT(packet.arguments, ElementsAre(Json({{"a", 1}}), nullptr));
  EXPECT_FALSE(whole("2[\"a\"]").id);
  EXPECT_THAT(whole("2[\"a\"]").arguments, IsEmpty());
}

TEST(SocketIoDecoder, ReadsAcknowledgements) {
  const Packet packet = whole(R"(3/dcc,12[{"status":200}])");
  EXPECT_EQ(packet.type, Type::ack);
  EXPECT_EQ(packet.id, 12U);
  EXPECT_THAT(packet.arguments, ElementsAre(Json({{"status", 200}})));
  EXPECT_THAT(whole("312[]").arguments, IsEmpty());
}

TEST(SocketIoDecoder, ReadsWhiteSpaceAsJsonHasIt) {
  const Packet packet = whole("2[ \"a\" , [ 1 , 2 ] ]\n");
  EXPECT_EQ(packet.name, "a");
  EXPECT_THAT(packet.arguments, ElementsAre(Json({1, 2})));
}

TEST(SocketIoDecoder, AnEventsNameIsAnyTextThatJsonCanHold) {
  EXPECT_EQ(whole(R"(2["a\"\\\n\u00e9\ud83c\udfac, [b] 漢"])").name, "a\"\\\né🎬, [b] 漢");
  EXPECT_EQ(whole("2[\"\"]").name, "");
  EXPECT_EQ(whole(R"(2["\u0000"])").name, std::string(1, '\0'));
}

TEST(SocketIoDecoder, AnEventsNameMayBeANumber) {
  EXPECT_EQ(whole("2[7,1]").name, "7");
  EXPECT_EQ(whole("2[-7]").name, "-7");
  EXPECT_EQ(whole("2[1.5]").name, "1.5");
  EXPECT_EQ(whole("2[1.0]").name, "1");
}

TEST(SocketIoDecoder, CollectsAttachmentsAcrossFrames) {
  Decoder decoder;
  EXPECT_FALSE(decoder.text(
      R"(52-/dcc,7["image",{"_placeholder":true,"num":0},{"thumb":{"_placeholder":true,"num":1}}])"));
  EXPECT_EQ(decoder.missing(), 2U);
  EXPECT_FALSE(decoder.attachment("\x01\x02"));
  EXPECT_EQ(decoder.missing(), 1U);
  const auto packet = decoder.attachment("");
  ASSERT_TRUE(packet);
  EXPECT_EQ(decoder.missing(), 0U);
  EXPECT_EQ(packet->type, Type::event);
  EXPECT_EQ(packet->nsp, "/dcc");
  EXPECT_EQ(packet->id, 7U);
  EXPECT_THAT(packet->arguments, ElementsAre(Json::binary({1, 2}), Json({{"thumb", Json::binary({})}})));
}

TEST(SocketIoDecoder, CollectsTheAttachmentsOfAcknowledgements) {
  Decoder decoder;
  EXPECT_FALSE(decoder.text(R"(61-7[{"_placeholder":true,"num":0}])"));
  const auto packet = decoder.attachment("x");
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->type, Type::ack);
  EXPECT_EQ(packet->id, 7U);
  EXPECT_THAT(packet->arguments, ElementsAre(Json::binary({'x'})));
}

TEST(SocketIoDecoder, GoesOnAfterABinaryPacket) {
  Decoder decoder;
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(decoder.text(R"(51-["a",{"_placeholder":true,"num":0}])"));
    EXPECT_TRUE(decoder.attachment("x"));
    EXPECT_TRUE(decoder.text("2[\"b\"]"));
  }
}

TEST(SocketIoDecoder, RefusesATextWhereAnAttachmentIsDue) {
  Decoder decoder;
  decoder.text(R"(52-["im\nage",{"_placeholder":true,"num":0}])");
  decoder.attachment("x");
  const CodecError error = refusal([&] { decoder.text("2[\"b\"]"); });
  EXPECT_STREQ(error.what(), "a text came where 1 more attachments of the event \"im?age\" were expected");
  EXPECT_EQ(error.fault(), CodecFault::out_of_order);
  EXPECT_EQ(error.offset(), CodecError::nowhere);
  decoder.text("61-7[]");
  EXPECT_STREQ(refusal([&] { decoder.text("0"); }).what(),
               "a text came where 1 more attachments of the acknowledgement 7 were expected");
}

TEST(SocketIoDecoder, RefusesAnAttachmentThatBelongsToNothing) {
  Decoder decoder;
  const char* sentence = "an attachment came that belongs to no packet; a text was expected";
  EXPECT_STREQ(refusal([&] { decoder.attachment("x"); }).what(), sentence);
  decoder.text(R"(51-["a",{"_placeholder":true,"num":0}])");
  decoder.attachment("x");
  const CodecError error = refusal([&] { decoder.attachment("one too many"); });
  EXPECT_STREQ(error.what(), sentence);
  EXPECT_EQ(error.fault(), CodecFault::out_of_order);
}

TEST(SocketIoDecoder, ForgetsThePacketInProgressAfterAnError) {
  Decoder decoder;
  decoder.text("51-[\"a\"]");
  EXPECT_THROW(decoder.text("2[\"b\"]"), CodecError);
  EXPECT_EQ(decoder.missing(), 0U);
  EXPECT_TRUE(decoder.text("2[\"b\"]"));
}

TEST(SocketIoDecoder, ForgetsThePacketInProgressOnReset) {
  Decoder decoder;
  decoder.text("51-[\"a\"]");
  decoder.reset();
  EXPECT_EQ(decoder.missing(), 0U);
  EXPECT_TRUE(decoder.text("2[\"b\"]"));
  EXPECT_THROW(decoder.attachment("x"), CodecError);
}

TEST(SocketIoDecoder, RefusesAnAttachmentCountBeyondTheLimit) {
  Decoder decoder({.max_bytes = 1000, .max_attachments = 3});
  EXPECT_FALSE(decoder.text("53-[\"a\"]"));
  decoder.reset();
  const CodecError error = refusal([&] { decoder.text("54-[\"a\"]"); });
  EXPECT_STREQ(error.what(),
               "the Socket.IO packet is refused at byte 1: it announces 4 attachments, and 3 are allowed");
  EXPECT_EQ(error.fault(), CodecFault::too_large);
  EXPECT_THROW(decoder.text("59007199254740991-[\"a\"]"), CodecError);
}

TEST(SocketIoDecoder, RefusesMoreBytesThanAreAllowedForOnePacket) {
  Decoder decoder({.max_bytes = 20, .max_attachments = 3});
  const char* sentence =
      "the Socket.IO packet takes more than the 20 bytes that are allowed, its attachments counted";
  EXPECT_TRUE(decoder.text("2[\"" + std::string(15, 'a') + "\"]"));
  const CodecError error = refusal([&] { decoder.text("2[\"" + std::string(16, 'a') + "\"]"); });
  EXPECT_STREQ(error.what(), sentence);
  EXPECT_EQ(error.fault(), CodecFault::too_large);
  EXPECT_FALSE(decoder.text("52-[\"a\"]"));
  EXPECT_FALSE(decoder.attachment("123456"));
  EXPECT_STREQ(refusal([&] { decoder.attachment("1234567"); }).what(), sentence);
}

TEST(SocketIoDecoder, CountsEveryPacketForItself) {
  Decoder decoder({.max_bytes = 50, .max_attachments = 1});
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(decoder.text(R"(51-["a",{"_placeholder":true,"num":0}])"));
    EXPECT_TRUE(decoder.attachment("1234567890"));
  }
}

TEST(SocketIoDecoder, RefusesTheNamesThatSocketIoKeepsForItself) {
  for (const char* name :
       {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}) {
    EXPECT_STREQ(refusal([&] { whole("2[\"" + std::string(name) + "\"]"); }).what(),
                 "the Socket.IO packet is malformed at byte 2: found '\"', expected an event's name that "
                 "Socket.IO does "
                 "not keep for itself");
  }
}

TEST(SocketIoDecoder, SaysWhatIsWrongInThePayload) {
  struct Case {
    const char* text;
    const char* at;
    const char* expected;
  };
  for (const auto& [text, at, expected] : {
           Case{"2[]", "byte 2: found ']'", "the event's name, a text or a number"},
           Case{"2[{}]", "byte 2: found '{'", "the event's name, a text or a number"},
           Case{"2[null]", "byte 2: found 'n'", "the event's name, a text or a number"},
           Case{"2[[\"a\"]]", "byte 2: found '['", "the event's name, a text or a number"},
           Case{"2[\"a\"", "byte 5: found the end", "',' or ']'"},
           Case{"2[\"a\",]", "byte 6: found ']'", "a value"},
           Case{"2[\"a\"}", "byte 5: found '}'", "',' or ']'"},
           Case{"2/n,7[\"a\"]x", "byte 10: found 'x'", "the end"},
           Case{"37[1", "byte 4: found the end", "',' or ']'"},
           Case{"37[]]", "byte 4: found ']'", "the end"},
           Case{"0{\"sid\"}", "byte 7: found '}'", "':'"},
           Case{"0{}{}", "byte 3: found '{'", "the end"},
           Case{"4\"no", "byte 4: found the end", "'\"' at the end of a text"},
       }) {
    EXPECT_EQ(refusal([text = text] { Decoder().text(text); }).what(),
              std::string("the Socket.IO packet is malformed at ") + at + ", expected " + expected);
  }
}

TEST(SocketIoDecoder, DoesNotRecurseWithoutBound) {
  EXPECT_STREQ(refusal([] { whole("2[\"a\"," + std::string(1'000'000, '[')); }).what(),
               "the Socket.IO packet is nested deeper than 256 levels at byte 262");
}

}  // namespace
}  // namespace silex::net::socket_io
