#include "net/codec/json_number.hpp"

#include <clocale>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

std::string written(double number) {
  std::string text;
  append_number(text, number);
  return text;
}

TEST(JsonNumber, IsLaidOutAsEcmaScriptDoes) {
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(-2.5), "-2.5");
  EXPECT_EQ(written(123456.789), "123456.789");
  EXPECT_EQ(written(1e-6), "0.000001");
  EXPECT_EQ(written(1.5e-7), "1.5e-7");
  EXPECT_EQ(written(1e21), "1e+21");
  EXPECT_EQ(written(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(written(5e-324), "5e-324");
}

TEST(JsonNumber, AWholeNumberStaysAFloatingPointOne) {
  EXPECT_EQ(written(1), "1.0");
  EXPECT_EQ(written(-0.0), "-0.0");
  EXPECT_EQ(written(1e20), "100000000000000000000.0");
}

TEST(JsonNumber, WhatIsNotFiniteIsNull) {
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(JsonNumber, ReadsBackToTheLastBit) {
  constexpr unsigned seed = 20'231;
  std::mt19937_64 random(seed);
  for (int i = 0; i < 2'000; ++i) {
    const std::uint64_t bits = random();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (!std::isfinite(number)) continue;
    ASSERT_EQ(to_double(written(number)), number) << "seed " << seed << ", round " << i;
  }
}

TEST(JsonNumber, TooSmallIsZeroAndTooLargeIsNothing) {
  for (const char* tiny :
       {"1e-400", "0.5e-400", "12345e-500", "1e-99999999999999999999", "0e999999999999999999999"}) {
    EXPECT_EQ(to_double(tiny), 0.0) << tiny;
  }
  EXPECT_EQ(to_double("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(to_double("0." + std::string(400, '0') + "1e401"), 1.0);
  EXPECT_TRUE(std::signbit(*to_double("-1e-400")));
  for (const char* huge : {"1e400", "1e+400", "-0.1e999", "123456789e301", "1e99999999999999999999"}) {
    EXPECT_FALSE(to_double(huge)) << huge;
  }
  EXPECT_FALSE(to_double("1" + std::string(400, '0')));
}

// A host may set any locale, as Maya and Houdini do at start.
TEST(JsonNumber, KnowsNoLocale) {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  for (const char* comma : {"de_DE.UTF-8", "fr_FR.UTF-8"}) {
    if (std::setlocale(LC_NUMERIC, comma) != nullptr) break;
  }
  EXPECT_EQ(written(2.5), "2.5");
  EXPECT_EQ(to_double("2.5"), 2.5);
  std::setlocale(LC_NUMERIC, before.c_str());
}

}  // namespace
}  // namespace silex::net::test
