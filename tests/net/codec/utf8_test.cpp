#include "net/codec/utf8.hpp"

#include <string>

#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

TEST(Utf8, TakesEveryLengthOfSequence) {
  const std::string text = "a\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x8e\xac\xf4\x8f\xbf\xbf";
  EXPECT_EQ(utf8_prefix(text), text.size());
  EXPECT_EQ(verbatim_prefix(text), text.size());
}

TEST(Utf8, RefusesOverlongFormsSurrogatesHalvesAndWhatIsBeyondUnicode) {
  for (const std::string wrong :
       {"\xff", "\x80", "\xc3", "\xc3(", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xe2\x82", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf0\x9f\x8e",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"}) {
    EXPECT_EQ(utf8_prefix("ab" + wrong), 2U);
    EXPECT_EQ(verbatim_prefix("ab" + wrong), 2U);
  }
}

// The text is read in words of eight bytes: every position in and around them counts.
TEST(Utf8, FindsWhatMustBeEscapedWhereverItStands) {
  for (std::size_t length = 0; length < 40; ++length) {
    for (const char special : {'"', '\\', '\0', '\n', '\x1f', '\x80', '\xff'}) {
      const std::string text = std::string(length, 'x') + special + "after";
      EXPECT_EQ(verbatim_prefix(text), length) << static_cast<int>(special);
      const bool ascii = static_cast<unsigned char>(special) < 0x80;
      EXPECT_EQ(utf8_prefix(text), ascii ? text.size() : length) << static_cast<int>(special);
    }
    for (const char plain : {' ', '!', '#', '[', ']', '\x7f', '~'}) {
      const std::string text = std::string(length, plain) + "\xc3\xa9" + std::string(length, plain);
      EXPECT_EQ(verbatim_prefix(text), text.size()) << plain;
      EXPECT_EQ(utf8_prefix(text), text.size()) << plain;
    }
  }
}

TEST(Utf8, WhatIsNoneIsReplacedByteByByte) {
  EXPECT_EQ(as_utf8("caf\xe9 \xf0\x9f\x98"), "caf\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(as_utf8("\xc3\xa9"), "\xc3\xa9");
  EXPECT_EQ(as_utf8(""), "");
}

TEST(Utf8, NeverLooksPastTheEnd) {
  const std::string text = "12345678\xc3\xa9";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    EXPECT_EQ(verbatim_prefix(std::string_view(text).substr(0, size)), size == 9 ? 8U : size);
  }
}

}  // namespace
}  // namespace silex::net::test
