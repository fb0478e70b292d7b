// Packets and JSON as text.
#include "net/wire.hpp"

#include "net/json_text.hpp"

#include <limits>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

std::string text_of(const Json& value) {
  std::string text;
  std::vector<std::string> attachments;
  append_json(text, value, attachments);
  return text;
}

TEST(JsonText, IsWhatNlohmannWrites) {
  const Json values[] = {nullptr,
                         true,
                         false,
                         0,
                         -1,
                         std::numeric_limits<std::int64_t>::min(),
                         std::numeric_limits<std::uint64_t>::max(),
                         1.0,
                         -0.25,
                         1e300,
                         "",
                         "plain",
                         Json::array(),
                         Json::object(),
                         {1, "a", {{"b", {nullptr, 2.5}}, {"c", "d"}}},
                         "\"\\/\b\f\n\r\t\x01\x1f\x7f",
                         "é漢\xf0\x9f\x8e\xac"};
  for (const Json& value : values) EXPECT_EQ(Json::parse(text_of(value)), value) << text_of(value);
  EXPECT_EQ(text_of(1.0), "1.0");
  EXPECT_EQ(text_of(std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonText, EscapesWhereverInABlockTheSpecialByteStands) {
  for (std::size_t length = 0; length < 100; ++length) {
    for (const char special : {'"', '\\', '\n', '\x01'}) {
      std::string text(length, 'x');
      text += special;
      text += "after";
      EXPECT_EQ(Json::parse(text_of(text)), text);
    }
  }
}

TEST(JsonText, RefusesWhatIsNotUtf8) {
  for (const char* wrong :
       {"\xff", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "ab\x80", "\xc3(", "\xe2\x82", "\xf0\x9f\x8e"}) {
    EXPECT_THROW(text_of(wrong), std::invalid_argument) << Json::binary({}, 0);
  }
}

TEST(JsonText, AgreesWithNlohmannOnRandomBytes) {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto length = random() % 6; length > 0; --length) text += static_cast<char>(random());
    std::string ours = "refused";
    std::string theirs = "refused";
    try {
      ours = Json::parse(text_of(text)).get<std::string>();
    } catch (const std::invalid_argument&) {
    }
    try {
      theirs = Json::parse(Json(text).dump()).get<std::string>();
    } catch (const Json::exception&) {
    }
    ASSERT_EQ(ours, theirs);
  }
}

// What both make of a text: the value, or "refused".
void expect_agreement(const std::string& text) {
  const Json theirs = Json::parse(text, nullptr, false);
  try {
    const Json ours = parse_json(text);
    // nlohmann refuses numbers that are too large for a double, and so do we; it reads 1e999 as an error too.
    EXPECT_EQ(ours, theirs) << text;
    EXPECT_EQ(ours.type(), theirs.type()) << text;
  } catch (const std::invalid_argument&) {
    EXPECT_TRUE(theirs.is_discarded()) << text;
  }
}

TEST(JsonReader, AgreesWithNlohmann) {
  for (const char* text : {"null",
                           "true",
                           "false",
                           " [ ] ",
                           "{}",
                           "0",
                           "-0",
                           "-1",
                           "12345678901234567890",
                           "-9223372036854775808",
                           "-9223372036854775809",
                           "18446744073709551616",
                           "1.5",
                           "1e5",
                           "-2.5E-3",
                           "1E+2",
                           R"("a\u00e9\ud83c\udfac\n\/")",
                           R"({"a":[1,{"b":null}],"c":"d"})",
                           R"({"a":1,"a":2})",
                           "",
                           " ",
                           "nul",
                           "tru",
                           "01",
                           "-",
                           "1.",
                           ".5",
                           "1e",
                           "+1",
                           "[1,]",
                           "[1 2]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{a:1}",
                           "{\"a\":1,}",
                           "[",
                           "{",
                           "\"",
                           "\"\\\"",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\\udc00\"",
                           "\"\n\"",
                           "[1]x",
                           "1 2",
                           "'a'",
                           "NaN"}) {
    expect_agreement(text);
  }
  expect_agreement(std::string("\"a\0b\"", 5));
  expect_agreement("\"\xff\"");
}

TEST(JsonReader, AgreesWithNlohmannOnDamagedDocuments) {
  const std::string whole =
      R"({"name":"f\u00fcr \"x\"","n":[0,-1.5e3,true,null,{"k":"v"}],"long":"0123456789012345678901234567890123456789"})";
  std::mt19937 random(11);
  for (int i = 0; i < 50'000; ++i) {
    std::string text = whole;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, 1 + random() % 3);
          break;
        default:
          text.insert(at, 1, whole[random() % whole.size()]);
      }
    }
    expect_agreement(text);
  }
}

TEST(JsonReader, RefusesWhatIsNestedTooDeeplyForTheStack) {
  EXPECT_NO_THROW(parse_json(std::string(500, '[') + std::string(500, ']')));
  EXPECT_THROW(parse_json(std::string(1'000'000, '[')), std::invalid_argument);
}

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
  wire::Reader reader;
  std::optional<wire::Packet> packet;
  for (const Frame& frame : wire::event_packet("/dcc", "e", arguments, 12)) {
    ASSERT_FALSE(packet);
    packet =
        frame.binary ? reader.binary(frame.payload) : reader.text(std::string_view(frame.payload).substr(1));
  }
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->nsp, "/dcc");
  EXPECT_EQ(packet->name, "e");
  EXPECT_EQ(packet->ack_id, 12U);
  EXPECT_EQ(packet->arguments, arguments);
}

TEST(Wire, RefusesWhatIsNoPacket) {
  for (const char* wrong :
       {"", "7", "x", "2", "2{}", "2[]", "2[{}]", "2[\"a\"", "3[]", "3/a,[]", "31{}", "5[\"a\"]",
        "5x-[\"a\"]", "599999999999999999999-[\"a\"]", "51", "299999999999999999999999[\"a\"]"}) {
    wire::Reader reader;
    EXPECT_THROW(
        {
          if (!reader.text(wrong)) reader.binary("attachment");
        },
        std::exception)
        << wrong;
  }
}

TEST(Wire, RefusesAttachmentsOutOfPlace) {
  wire::Reader reader;
  EXPECT_THROW(reader.binary("x"), std::exception);
  EXPECT_FALSE(reader.text("51-[\"a\",{\"_placeholder\":true,\"num\":1}]"));
  EXPECT_THROW(reader.text("2[\"b\"]"), std::exception);
  EXPECT_THROW(reader.binary("x"), std::exception);
  reader.reset();
  EXPECT_TRUE(reader.text("2[\"b\"]"));
}

}  // namespace
}  // namespace silex::net::test
