#include "net/codec/json_writer.hpp"

#include "refusal.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

std::string text_of(const Json& value) {
  std::string text;
  write_json(text, value);
  return text;
}

Json nested(int levels) {
  Json value = 1;
  for (int i = 0; i < levels; ++i) value = Json::array({std::move(value)});
  return value;
}

TEST(JsonWriter, WritesEveryKindOfValue) {
  EXPECT_EQ(text_of({nullptr, true, false, 0, -1, 2.5, "a", Json::array(), Json::object()}),
            R"([null,true,false,0,-1,2.5,"a",[],{}])");
  EXPECT_EQ(text_of({{"b", 1}, {"a", {1, 2}}}), R"({"b":1,"a":[1,2]})");
  EXPECT_EQ(text_of(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(text_of(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(JsonWriter, EscapesAsJavaScriptDoes) {
  EXPECT_EQ(text_of("\"\\/\b\f\n\r\t\x01\x1f\x7f"), R"("\"\\/\b\f\n\r\t\u0001\u001f)"
                                                    "\x7f\"");
  EXPECT_EQ(text_of(std::string(1, '\0')), R"("\u0000")");
  EXPECT_EQ(text_of("é漢🎬"), "\"é漢🎬\"");
  EXPECT_EQ(text_of({{"a\"b", 1}}), R"({"a\"b":1})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
  std::string text = "before";
  write_json(text, 1);
  EXPECT_EQ(text, "before1");
}

TEST(JsonWriter, LeavesPlaceholdersAndViewsOfTheBytesThemselves) {
  const Json value = {Json::binary({1, 2, 3}), {{"k", Json::binary({})}}};
  std::string text;
  std::vector<std::string_view> attachments;
  write_json(text, value, &attachments);
  EXPECT_EQ(text, R"([{"_placeholder":true,"num":0},{"k":{"_placeholder":true,"num":1}}])");
  ASSERT_EQ(attachments.size(), 2U);
  EXPECT_EQ(attachments[0], "\x01\x02\x03");
  EXPECT_EQ(static_cast<const void*>(attachments[0].data()), value[0].get_binary().data());
  EXPECT_EQ(attachments[1], "");
}

TEST(JsonWriter, RefusesBinaryDataWhereNoneMayBe) {
  EXPECT_EQ(refusal_sentence([] { text_of(Json::binary({1})); }),
            "it holds binary data, which only events and acknowledgements carry; send them as text");
}

TEST(JsonWriter, RefusesWhatIsNotUtf8) {
  EXPECT_EQ(refusal_sentence([] { text_of("caf\xe9 \"x\""); }),
            "the text \"caf? ?x?\" in it is not UTF-8 at its byte 3; convert it first");
  EXPECT_EQ(refusal([] { text_of({{"\xff", 1}}); }).fault(), CodecFault::not_sendable);
}

TEST(JsonWriter, RefusesWhatIsNestedTooDeeplyForTheStack) {
  EXPECT_EQ(text_of(nested(deepest_nesting)), std::string(256, '[') + "1" + std::string(256, ']'));
  EXPECT_EQ(refusal_sentence([] { text_of(nested(deepest_nesting + 1)); }),
            "a value in it is nested deeper than 256 levels; flatten it");
  EXPECT_THROW(text_of(nested(100'000)), CodecError);
}

}  // namespace
}  // namespace silex::net::test
