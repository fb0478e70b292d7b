#include "net/codec/socket_io_decode.hpp"
#include "refusal.hpp"

#include <gtest/gtest.h>

namespace silex::net::socket_io {
namespace {

using test::refusal;

TEST(SocketIoHeader, TellsTypeNamespaceNumberAndPayloadApart) {
  const Header header = read_header(R"(2/dcc/action,17["update",{"a":1}])");
  EXPECT_EQ(header.type, Type::event);
  EXPECT_EQ(header.attachments, 0U);
  EXPECT_EQ(header.nsp, "/dcc/action");
  EXPECT_EQ(header.id, 17U);
  EXPECT_EQ(header.payload, R"(["update",{"a":1}])");
}

TEST(SocketIoHeader, IsForTheMainNamespaceWhereNoneIsNamed) {
  EXPECT_EQ(read_header("2[\"a\"]").nsp, "/");
  EXPECT_EQ(read_header("2/,[\"a\"]").nsp, "/");
  EXPECT_EQ(read_header("0").nsp, "/");
}

TEST(SocketIoHeader, OfBinaryPacketsSaysHowManyAttachmentsFollow) {
  const Header event = read_header(R"(52-/dcc,7["a"])");
  EXPECT_EQ(event.type, Type::event);
  EXPECT_EQ(event.attachments, 2U);
  EXPECT_EQ(event.nsp, "/dcc");
  EXPECT_EQ(event.id, 7U);
  const Header ack = read_header("610-7[]");
  EXPECT_EQ(ack.type, Type::ack);
  EXPECT_EQ(ack.attachments, 10U);
}

TEST(SocketIoHeader, ReadsNothingOfThePayload) {
  EXPECT_EQ(read_header("37[\xff").payload, "[\xff");
}

TEST(SocketIoHeader, ANamespaceMayCarryAQueryAndAnyUtf8) {
  const Header header = read_header("0/프로젝트?shot=12&x=[1],{\"token\":1}");
  EXPECT_EQ(header.nsp, "/프로젝트?shot=12&x=[1]");
  EXPECT_EQ(split_namespace(header.nsp).name, "/프로젝트");
  EXPECT_EQ(split_namespace(header.nsp).query, "shot=12&x=[1]");
  EXPECT_EQ(split_namespace("/dcc").name, "/dcc");
  EXPECT_EQ(split_namespace("/dcc").query, "");
}

TEST(SocketIoHeader, ANamespaceAtTheEndNeedsNoComma) {
  EXPECT_EQ(read_header("0/dcc").nsp, "/dcc");
  EXPECT_EQ(read_header("1/dcc").nsp, "/dcc");
}

TEST(SocketIoHeader, NumbersGoAsFarAsJavaScriptCounts) {
  EXPECT_EQ(read_header("39007199254740991[]").id, largest_id);
  EXPECT_EQ(read_header("3007[]").id, 7U);
  for (const char* beyond :
       {"39007199254740992[]", "318446744073709551617[]", "399999999999999999999999999[]"}) {
    const CodecError error = refusal([&] { read_header(beyond); });
    EXPECT_STREQ(
        error.what(),
        "the Socket.IO packet is refused at byte 1: its acknowledgement number is beyond 9007199254740991");
    EXPECT_EQ(error.fault(), CodecFault::too_large);
    EXPECT_EQ(error.offset(), 1U);
  }
  EXPECT_STREQ(
      refusal([] { read_header("599999999999999999999-[\"a\"]"); }).what(),
      "the Socket.IO packet is refused at byte 1: its number of attachments is beyond 9007199254740991");
}

TEST(SocketIoHeader, SaysWhatIsWrongAtWhichByte) {
  struct Case {
    const char* text;
    const char* at;
    const char* expected;
  };
  for (const auto& [text, at, expected] : {
           Case{"", "byte 0: found the end", "a type from '0' to '6'"},
           Case{"7", "byte 0: found '7'", "a type from '0' to '6'"},
           Case{"[\"a\"]", "byte 0: found '['", "a type from '0' to '6'"},
           Case{"5[\"a\"]", "byte 1: found '['", "a number of attachments"},
           Case{"5", "byte 1: found the end", "a number of attachments"},
           Case{"5-[\"a\"]", "byte 1: found '-'", "a number of attachments"},
           Case{"5-1-[\"a\"]", "byte 1: found '-'", "a number of attachments"},
           Case{"50-[\"a\"]", "byte 1: found '0'", "a number of attachments from 1 on"},
           Case{"51[\"a\"]", "byte 2: found '['", "'-' after the number of attachments"},
           Case{"51.5-[\"a\"]", "byte 2: found '.'", "'-' after the number of attachments"},
           Case{"61", "byte 2: found the end", "'-' after the number of attachments"},
           Case{"2/a\xff,[\"a\"]", "byte 3: found byte 0xff", "UTF-8"},
           Case{"3[]", "byte 1: found '['", "an acknowledgement number"},
           Case{"3/a,[]", "byte 4: found '['", "an acknowledgement number"},
           Case{"2", "byte 1: found the end", "'[', as an event carries a list"},
           Case{"2/a", "byte 3: found the end", "'[', as an event carries a list"},
           Case{"2{}", "byte 1: found '{'", "'[', as an event carries a list"},
           Case{"2 [\"a\"]", "byte 1: found byte 0x20", "'[', as an event carries a list"},
           Case{"2-1[\"a\"]", "byte 1: found '-'", "'[', as an event carries a list"},
           Case{"31", "byte 2: found the end", "'[', as an acknowledgement carries a list"},
           Case{"31{}", "byte 2: found '{'", "'[', as an acknowledgement carries a list"},
           Case{"0[]", "byte 1: found '['", "'{' or the end, as connect carries an object or nothing"},
           Case{"07{}", "byte 1: found '7'", "'{' or the end, as connect carries an object or nothing"},
           Case{"1/a,{}", "byte 4: found '{'", "the end, as disconnect carries nothing"},
           Case{"17", "byte 1: found '7'", "the end, as disconnect carries nothing"},
           Case{"4", "byte 1: found the end", "'{' or '\"', as connect error carries an object or a text"},
           Case{"4[]", "byte 1: found '['", "'{' or '\"', as connect error carries an object or a text"},
       }) {
    const CodecError error = refusal([text = text] { read_header(text); });
    EXPECT_EQ(error.what(),
              std::string("the Socket.IO packet is malformed at ") + at + ", expected " + expected);
    EXPECT_EQ(error.fault(), CodecFault::malformed);
  }
}

}  // namespace
}  // namespace silex::net::socket_io
