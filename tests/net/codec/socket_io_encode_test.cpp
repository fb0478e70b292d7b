#include "net/codec/socket_io_encode.hpp"

#include "refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::socket_io {
namespace {

using test::refusal;
using test::refusal_sentence;
using testing::ElementsAre;
using testing::IsEmpty;

struct Encoded {
  std::string text;
  Attachments attachments;
};

Encoded event(std::string_view nsp, std::optional<std::uint64_t> id, std::string_view name,
              const Arguments& arguments, const EncodeLimits& limits = {}) {
  Encoded encoded;
  append_event(encoded.text, encoded.attachments, nsp, id, name, arguments, limits);
  return encoded;
}

std::string ack(std::string_view nsp, std::uint64_t id, const Arguments& arguments) {
  Encoded encoded;
  append_ack(encoded.text, encoded.attachments, nsp, id, arguments);
  return encoded.text;
}

std::string connect(std::string_view nsp, const Json& auth = nullptr) {
  std::string text;
  append_connect(text, nsp, auth);
  return text;
}

TEST(SocketIoEncoder, WritesConnectWithAndWithoutCredentials) {
  EXPECT_EQ(connect("/"), "0");
  EXPECT_EQ(connect("/dcc"), "0/dcc,");
  EXPECT_EQ(connect("/dcc", {{"token", "123"}}), R"(0/dcc,{"token":"123"})");
  EXPECT_EQ(connect("/", Json::object()), "0{}");
  EXPECT_EQ(connect("/dcc?shot=12"), "0/dcc?shot=12,");
}

TEST(SocketIoEncoder, WritesConnectErrors) {
  std::string text;
  append_connect_error(text, "/dcc", {{"message", "no"}});
  EXPECT_EQ(text, R"(4/dcc,{"message":"no"})");
}

TEST(SocketIoEncoder, WritesDisconnect) {
  std::string text;
  append_disconnect(text, "/dcc");
  append_disconnect(text, "/");
  EXPECT_EQ(text, "1/dcc,1");
}

TEST(SocketIoEncoder, WritesEvents) {
  EXPECT_EQ(event("/", {}, "a", {}).text, R"(2["a"])");
  EXPECT_EQ(event("/dcc", 7, "a", {1, Json::array()}).text, R"(2/dcc,7["a",1,[]])");
  EXPECT_EQ(event("/", 0, "a \"b\"\n", {nullptr}).text, R"(20["a \"b\"\n",null])");
}

TEST(SocketIoEncoder, WritesAcknowledgements) {
  EXPECT_EQ(ack("/", 7, {}), "37[]");
  EXPECT_EQ(ack("/dcc", 7, {"[", 1}), R"(3/dcc,7["[",1])");
}

TEST(SocketIoEncoder, MakesAnEventWithBinaryDataABinaryEvent) {
  const Arguments arguments{Json::binary({1}), {{"k", Json::binary({2, 3})}}};
  const Encoded encoded = event("/dcc", 7, "a", arguments);
  EXPECT_EQ(encoded.text,
            R"(52-/dcc,7["a",{"_placeholder":true,"num":0},{"k":{"_placeholder":true,"num":1}}])");
  EXPECT_THAT(encoded.attachments, ElementsAre("\x01", "\x02\x03"));
}

TEST(SocketIoEncoder, MakesAnAcknowledgementWithBinaryDataABinaryOne) {
  const Arguments arguments{Json::binary({1})};
  EXPECT_EQ(ack("/dcc", 7, arguments), R"(61-/dcc,7[{"_placeholder":true,"num":0}])");
}

TEST(SocketIoEncoder, AppendsAndCountsAttachmentsFromZeroForEachPacket) {
  const Arguments arguments{Json::binary({1})};
  std::string text = "4";
  Attachments attachments;
  append_event(text, attachments, "/", {}, "a", arguments);
  text += "|4";
  append_event(text, attachments, "/", {}, "b", arguments);
  EXPECT_EQ(text, R"(451-["a",{"_placeholder":true,"num":0}]|451-["b",{"_placeholder":true,"num":0}])");
  EXPECT_EQ(attachments.size(), 2U);
}

TEST(SocketIoEncoder, WritesAnyPacket) {
  std::string text;
  Attachments attachments;
  const auto append = [&](const Packet& packet) {
    append_packet(text, attachments, packet);
    text += ' ';
  };
  append({.type = Type::connect, .nsp = "/a", .id = {}, .name = {}, .arguments = {}, .data = {}});
  append({.type = Type::disconnect, .nsp = "/a", .id = {}, .name = {}, .arguments = {}, .data = {}});
  append({.type = Type::event, .nsp = "/a", .id = 1, .name = "e", .arguments = {2}, .data = {}});
  append({.type = Type::ack, .nsp = "/a", .id = 1, .name = {}, .arguments = {2}, .data = {}});
  append({.type = Type::connect_error, .nsp = "/a", .id = {}, .name = {}, .arguments = {}, .data = "no"});
  EXPECT_EQ(text, R"(0/a, 1/a, 2/a,1["e",2] 3/a,1[2] 4/a,"no" )");
  EXPECT_EQ(refusal_sentence([&] {
              append({.type = Type::ack, .nsp = "/", .id = {}, .name = {}, .arguments = {}, .data = {}});
            }),
            "an acknowledgement cannot be sent: it has no number");
}

TEST(SocketIoEncoder, HonoursWhatTheServerTakesInOneFrame) {
  const EncodeLimits limits{.max_payload = 10};
  // With Engine.IO's '4' in front.
  EXPECT_EQ(event("/", {}, "1234", {}, limits).text.size() + 1, 10U);
  const CodecError error = refusal([&] { event("/", {}, "12345", {}, limits); });
  EXPECT_STREQ(error.what(),
               "the event \"12345\" cannot be sent: it takes 11 bytes and the server takes 10 in one frame; "
               "send it in "
               "parts or raise the server's limit (maxHttpBufferSize)");
  EXPECT_EQ(error.fault(), CodecFault::too_large);
}

TEST(SocketIoEncoder, HonoursItForEachAttachmentToo) {
  const Arguments arguments{Json::binary(std::vector<std::uint8_t>(100)),
                            Json::binary(std::vector<std::uint8_t>(101))};
  EXPECT_NO_THROW(event("/", {}, "a", arguments, {.max_payload = 101}));
  EXPECT_EQ(refusal_sentence([&] { event("/", {}, "a", arguments, {.max_payload = 100}); }),
            "the event \"a\" cannot be sent: an attachment of it takes 101 bytes and the server takes 100 in "
            "one frame; "
            "send it in parts or raise the server's limit (maxHttpBufferSize)");
}

TEST(SocketIoEncoder, RefusesMoreAttachmentsThanThePeerTakes) {
  const Arguments ten(10, Json::binary({1}));
  const Arguments eleven(11, Json::binary({1}));
  EXPECT_EQ(event("/", {}, "a", ten).attachments.size(), 10U);
  EXPECT_EQ(refusal_sentence([&] { event("/", {}, "a", eleven); }),
            "the event \"a\" cannot be sent: it has 11 attachments and the peer takes 10; send them in "
            "several events or "
            "raise the limit on both sides (maxAttachments)");
  EXPECT_EQ(event("/", {}, "a", eleven, {.max_attachments = 11}).attachments.size(), 11U);
}

TEST(SocketIoEncoder, RefusesTheNamesThatSocketIoKeepsForItself) {
  for (const std::string name :
       {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}) {
    const CodecError error = refusal([&] { event("/", {}, name, {}); });
    EXPECT_EQ(error.what(),
              "the event \"" + name +
                  "\" cannot be sent: Socket.IO keeps that name for itself; choose another one");
    EXPECT_EQ(error.fault(), CodecFault::not_sendable);
  }
}

TEST(SocketIoEncoder, SaysWhatCannotBeSent) {
  const std::string nsp = "must be UTF-8, start with '/' and have no comma";
  EXPECT_EQ(refusal_sentence([] { event("dcc", {}, "a", {}); }),
            "the event \"a\" cannot be sent: the namespace \"dcc\" " + nsp);
  EXPECT_EQ(refusal_sentence([] { connect("/a,b"); }),
            "the connection to the namespace \"/a,b\" cannot be sent: the namespace \"/a,b\" " + nsp);
  EXPECT_EQ(refusal_sentence([] {
              std::string text;
              append_disconnect(text, "");
            }),
            "the disconnection from the namespace \"\" cannot be sent: the namespace \"\" " + nsp);
  EXPECT_EQ(refusal_sentence([] { ack("/\xff", 7, {}); }),
            "the acknowledgement 7 cannot be sent: the namespace \"/?\" " + nsp);
  EXPECT_EQ(
      refusal_sentence([] { ack("/", largest_id + 1, {}); }),
      "the acknowledgement 9007199254740992 cannot be sent: its number is beyond 9007199254740991, as far as "
      "JavaScript counts");
  EXPECT_EQ(refusal_sentence([] { connect("/", 7); }),
            "the connection to the namespace \"/\" cannot be sent: its credentials must be an object");
  EXPECT_EQ(
      refusal_sentence([] {
        connect("/", {{"key", Json::binary({1})}});
      }),
      "the connection to the namespace \"/\" cannot be sent: it holds binary data, which only events and "
      "acknowledgements carry; send them as text");
  EXPECT_EQ(refusal_sentence([] {
              std::string text;
              append_connect_error(text, "/", 7);
            }),
            "the refusal of the namespace \"/\" cannot be sent: its reason must be an object or a text");
  EXPECT_EQ(
      refusal_sentence([] {
        event("/", {}, "a", {{{"k", "\xff"}}});
      }),
      "the event \"a\" cannot be sent: the text \"?\" in it is not UTF-8 at its byte 0; convert it first");
}

TEST(SocketIoEncoder, ShowsNoMoreOfALongNameThanASentenceBears) {
  EXPECT_THAT(refusal_sentence([] { event("no", {}, std::string(1000, 'x'), {}); }),
              testing::StartsWith("the event \"" + std::string(60, 'x') + "...\" cannot be sent: "));
}

TEST(SocketIoEncoder, LeavesEverythingAsItWasWhenItRefuses) {
  std::string text = "before";
  const std::string kept = "kept";
  Attachments attachments{kept};
  const Arguments arguments{Json::binary({1}), "\xff"};
  EXPECT_THROW(append_event(text, attachments, "/dcc", 1, "a", arguments), CodecError);
  EXPECT_THROW(append_ack(text, attachments, "/dcc", 1, arguments), CodecError);
  const Arguments large{Json::binary({1}), "long enough"};
  EXPECT_THROW(append_event(text, attachments, "/dcc", 1, "a", large, {.max_payload = 10}), CodecError);
  EXPECT_THROW(append_event(text, attachments, "/dcc", 1, "a", large, {.max_attachments = 0}), CodecError);
  EXPECT_EQ(text, "before");
  EXPECT_THAT(attachments, ElementsAre("kept"));
}

}  // namespace
}  // namespace silex::net::socket_io
