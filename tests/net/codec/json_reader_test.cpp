#include "net/codec/json_reader.hpp"

#include "net/codec/json_writer.hpp"
#include "refusal.hpp"

#include <initializer_list>
#include <random>
#include <utility>

#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

Json parsed(std::string_view text) {
  JsonReader reader(text, 0, "the text");
  Json value = reader.value();
  reader.end();
  return value;
}

// nlohmann's parser is the reference; ours only refuses more where a text is nested deeply.
void expect_agreement(const std::string& text) {
  const Json theirs = Json::parse(text, nullptr, false);
  try {
    const Json ours = parsed(text);
    ASSERT_FALSE(theirs.is_discarded()) << text;
    ASSERT_EQ(ours, theirs) << text;
    ASSERT_EQ(ours.type(), theirs.type()) << text;
  } catch (const CodecError& error) {
    ASSERT_TRUE(theirs.is_discarded()) << text << ": " << error.what();
  }
}

TEST(JsonReader, AgreesWithNlohmannOnDocuments) {
  for (const char* text : {"null",
                           " true ",
                           "false",
                           " [ ] ",
                           "\t[\n1 ,\r2 ]",
                           "{ }",
                           R"( { "a" : 1 , "b" : [ ] } )",
                           "0",
                           "-0",
                           "-1",
                           "12345678901234567890",
                           "18446744073709551616",
                           "-9223372036854775808",
                           "-9223372036854775809",
                           "1.5",
                           "1e5",
                           "-2.5E-3",
                           "1E+2",
                           "1e-400",
                           "1e308",
                           R"("")",
                           R"("a\u00e9\u6f22\ud83c\udfac\u007f\n\/\"\\\b\f\r\t")",
                           R"({"a":[1,{"b":null}],"c":"d"})",
                           R"({"b":1,"a":2,"c":3})",
                           R"({"a":1,"a":2})"}) {
    expect_agreement(text);
  }
}

TEST(JsonReader, AgreesWithNlohmannOnWhatIsNoDocument) {
  for (const char* text :
       {"",    " ",      "nul",     "nullx",     "tru",   "01",           "-",           "-a",      "1.",
        ".5",  "1e",     "1e+",     "+1",        "1e400", "[1,]",         "[,1]",        "[1 2]",   "[1",
        "[",   "]",      "{\"a\"}", "{\"a\":}",  "{a:1}", "{\"a\":1,}",   "{,}",         "{",       "{1:2}",
        "\"",  "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\",  "\"\\u",        "\"\\u12g4\"", "\"\n\"",  "[1]x",
        "1 2", "'a'",    "NaN",     "Infinity",  "/**/1", "\xef\xbb\xbf", "\"\xff\"",    "\"\xc3\""}) {
    if (std::string(text) == "\xef\xbb\xbf") continue;  // nlohmann passes over a byte order mark
    expect_agreement(text);
  }
  expect_agreement(std::string("\"a\0b\"", 5));
  EXPECT_THROW(parsed(std::string_view("1\0", 2)), CodecError);  // to nlohmann a 0 is the end
  expect_agreement(std::string("[1\0]", 4));
}

TEST(JsonReader, AgreesWithNlohmannOnDamagedDocuments) {
  const std::string whole =
      R"({"name":"f\u00fcr \"x\"","n":[0,-1.5e3,true,null,{"k":"v"}],"s":"0123456789012345678901234567890é漢"})";
  constexpr unsigned seed = 11;
  std::mt19937 random(seed);
  for (int i = 0; i < 2'000; ++i) {
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
    ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", round " << i;
  }
}

// What JavaScript's JSON.stringify() writes of a text that was cut inside an emoji; nlohmann refuses it.
TEST(JsonReader, ReadsHalfASurrogatePairAsTheReplacementCharacter) {
  for (const auto& [text, meaning] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"("cut \ud83d")", "cut \ufffd"},
           {R"("\udc00")", "\ufffd"},
           {R"("\ud83dx")", "\ufffdx"},
           {R"("\ud83d\n")", "\ufffd\n"},
           {R"("\ud83d\u0041")", "\ufffdA"},
           {R"("\ud83d\ud83d")", "\ufffd\ufffd"},
           {R"("\ud83d\ud83c\udfac")", "\ufffd\U0001f3ac"},
           {R"("\udfac\ud83c")", "\ufffd\ufffd"},
           {R"("\uDBFF\uDFFF\uDFFF")", "\U0010ffff\ufffd"}}) {
    EXPECT_EQ(parsed(text), Json(meaning)) << text;
  }
  EXPECT_EQ(parsed(R"({"\ud800":1})"), Json({{"\ufffd", 1}}));
}

TEST(JsonReader, ReadsOnFromAnyByte) {
  JsonReader reader("42[\"a\",1]", 2, "the text");
  EXPECT_EQ(reader.value(), Json({"a", 1}));
  reader.end();
}

TEST(JsonReader, SaysWhatIsWrongAtWhichByte) {
  struct Case {
    std::string text;
    std::string sentence;
  };
  for (const auto& [text, sentence] : {
           Case{"", "the text is malformed at byte 0: found the end, expected a value"},
           Case{"[1,?]", "the text is malformed at byte 3: found '?', expected a value"},
           Case{"[1 2]", "the text is malformed at byte 3: found '2', expected ',' or ']'"},
           Case{"[1,", "the text is malformed at byte 3: found the end, expected a value"},
           Case{"[] 1", "the text is malformed at byte 3: found '1', expected the end"},
           Case{"{a:1}", "the text is malformed at byte 1: found 'a', expected a member's name in quotes"},
           Case{R"({"a" 1})", "the text is malformed at byte 5: found '1', expected ':'"},
           Case{R"({"a":1;)", "the text is malformed at byte 6: found ';', expected ',' or '}'"},
           Case{"nil", "the text is malformed at byte 0: found 'n', expected null"},
           Case{"truth", "the text is malformed at byte 0: found 't', expected true"},
           Case{"fail", "the text is malformed at byte 0: found 'f', expected false"},
           Case{R"("abc)",
                "the text is malformed at byte 4: found the end, expected '\"' at the end of a text"},
           Case{"\"a\nb\"",
                "the text is malformed at byte 2: found byte 0x0a, expected an escape for a control "
                "character"},
           Case{"\"\xff\"", "the text is malformed at byte 1: found byte 0xff, expected UTF-8"},
           Case{R"("\x")",
                "the text is malformed at byte 2: found 'x', expected one of \"\\/bfnrtu after '\\'"},
           Case{R"("\u12g4")",
                "the text is malformed at byte 5: found 'g', expected four hexadecimal digits after \\u"},
           Case{R"("\ud83c\u12g4")",
                "the text is malformed at byte 11: found 'g', expected four hexadecimal digits after \\u"},
           Case{"-", "the text is malformed at byte 1: found the end, expected a digit"},
           Case{"1.x", "the text is malformed at byte 2: found 'x', expected a digit"},
           Case{"1e", "the text is malformed at byte 2: found the end, expected a digit"},
           Case{"01", "the text is malformed at byte 1: found '1', expected no digit after a leading 0"},
           Case{" 1e400", "the text is malformed at byte 1: found '1', expected a number below 1.8e308"},
       }) {
    const CodecError error = refusal([&text = text] { parsed(text); });
    EXPECT_EQ(error.what(), sentence);
    EXPECT_EQ(error.fault(), CodecFault::malformed);
    EXPECT_NE(error.offset(), CodecError::nowhere);
  }
}

TEST(JsonReader, RefusesWhatIsNestedTooDeeplyForTheStack) {
  EXPECT_NO_THROW(parsed(std::string(256, '[') + std::string(256, ']')));
  const CodecError error = refusal([] { parsed(std::string(1'000'000, '[')); });
  EXPECT_STREQ(error.what(), "the text is nested deeper than 256 levels at byte 256");
  EXPECT_EQ(error.fault(), CodecFault::too_large);
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  EXPECT_THROW(parsed(objects), CodecError);
}

}  // namespace
}  // namespace silex::net::test
