// What a scalar means.
#include "yaml/scalar.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace silex::yaml {
namespace {

TEST(Scalar, TruthHasTheWordsOfYaml11InAnyCase) {
  EXPECT_EQ(to_boolean("Yes"), true);
  EXPECT_EQ(to_boolean("TRUE"), true);
  EXPECT_EQ(to_boolean("off"), false);
  EXPECT_EQ(to_boolean("y"), std::nullopt);
  EXPECT_EQ(to_boolean("1"), std::nullopt);
}

TEST(Scalar, IntegersHaveSignsBasesAndUnderscores) {
  EXPECT_EQ(to_integer("42"), 42);
  EXPECT_EQ(to_integer("-7"), -7);
  EXPECT_EQ(to_integer("+7"), 7);
  EXPECT_EQ(to_integer("010"), 8);
  EXPECT_EQ(to_integer("0b11"), 3);
  EXPECT_EQ(to_integer("0x1F"), 31);
  EXPECT_EQ(to_integer("1:30"), 90);
  EXPECT_EQ(to_integer("1_000"), 1000);
  EXPECT_EQ(to_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(to_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST(Scalar, WhatIsNoIntegerIsNone) {
  for (const auto* text :
       {"", "-", "+-1", "1.0", "0x", "0b_", "0o17", "08", "_1", "1:60", "1:", "9223372036854775808",
        "0xFFFFFFFFFFFFFFFF", "999999999999999999:59", "1 ", "abc"}) {
    EXPECT_EQ(to_integer(text), std::nullopt) << text;
  }
}

TEST(Scalar, NumbersHaveFractionsExponentsAndInfinity) {
  EXPECT_EQ(to_number("1.5"), 1.5);
  EXPECT_EQ(to_number("-.5"), -.5);
  EXPECT_EQ(to_number("1e3"), 1000.0);
  EXPECT_EQ(to_number("3"), 3.0);
  EXPECT_EQ(to_number("-.Inf"), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(*to_number(".nan")));
  for (const auto* text : {"", ".", "inf", "nan", "1.5.2", "e3", "1e", "--1", "+-1", "_1", "0x", "1e_3"}) {
    EXPECT_EQ(to_number(text), std::nullopt) << text;
  }
}

TEST(Scalar, AWholeNumberThatIsTooLargeIsANumberInBaseTenAlone) {
  EXPECT_EQ(type_of("99999999999999999999"), ScalarType::number);
  EXPECT_EQ(to_number("-9_999_999_999_999_999_999_9"), -1e20);
  EXPECT_EQ(type_of("0xFFFFFFFFFFFFFFFF"), ScalarType::text);
  EXPECT_EQ(type_of("07777777777777777777777777"), ScalarType::text);
}

struct Row {
  const char* text;
  ScalarType type;
  double value;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// What PyYAML 6.0 says: yaml.safe_load("- " + text)[0].
std::vector<Row> rows_of_pyyaml() {
  using enum ScalarType;
  return {
      // clang-format off
      {"0", integer, 0}, {"-0", integer, 0}, {"+0", integer, 0}, {"7", integer, 7}, {"42", integer, 42},
      {"-7", integer, -7}, {"+7", integer, 7}, {"010", integer, 8}, {"-010", integer, -8},
      {"+017", integer, 15}, {"0_7", integer, 7}, {"00", integer, 0}, {"0_", integer, 0}, {"08", text, 0},
      {"09", text, 0}, {"0_8", text, 0}, {"018", text, 0}, {"0b11", integer, 3}, {"-0b11", integer, -3},
      {"0b1_0", integer, 2}, {"0b2", text, 0}, {"0B11", text, 0}, {"0b", text, 0}, {"0x1F", integer, 31},
      {"0x1f", integer, 31}, {"-0x1F", integer, -31}, {"0x_1", integer, 1}, {"0xG", text, 0},
      {"0X1F", text, 0}, {"0x", text, 0}, {"0o17", text, 0}, {"0o8", text, 0}, {"1_000", integer, 1000},
      {"1__0", integer, 10}, {"1_", integer, 1}, {"_1", text, 0}, {"-_1", text, 0},
      {"1_0:30", integer, 630}, {"1:30", integer, 90}, {"-1:30", integer, -90}, {"+1:30", integer, 90},
      {"1:5", integer, 65}, {"1:60", text, 0}, {"1:3_0", text, 0}, {"1:30:00", integer, 5400},
      {"190:20:30", integer, 685230}, {"0:30", text, 0}, {"01:30", text, 0}, {"1:300", text, 0},
      {":30", text, 0}, {"12:30:45:10", integer, 2702710}, {"1e3", text, 0}, {"1E3", text, 0},
      {"1e+3", text, 0}, {"1.0e3", text, 0}, {"1.0e+3", number, 1000.0}, {"1.0E-3", number, 0.001},
      {"-1.5e+2", number, -150.0}, {"1.e+3", number, 1000.0}, {"1.0e", text, 0}, {"1.0e+", text, 0},
      {".5", number, 0.5}, {"-.5", text, 0}, {"+.5", text, 0}, {"._5", text, 0}, {".5_0", number, 0.5},
      {".5e+1", number, 5.0}, {".5e1", text, 0}, {".", text, 0}, {"1.", number, 1.0}, {"-1.", number, -1.0},
      {"+1.", number, 1.0}, {"1._", number, 1.0}, {"1_.5", number, 1.5}, {"1.5", number, 1.5},
      {"-1.5", number, -1.5}, {"1.5_0", number, 1.5}, {"09.5", number, 9.5}, {"1_0.5", number, 10.5},
      {"1.5.2", text, 0}, {"3.0.1", text, 0}, {"1:30.5", number, 90.5}, {"-1:30.5", number, -90.5},
      {"0:30.5", number, 30.5}, {"01:30.", number, 90.0}, {"1:30._5", number, 90.5}, {"1:30.5e+1", text, 0},
      {"1:60.5", text, 0}, {".inf", number, kInfinity}, {".Inf", number, kInfinity},
      {".INF", number, kInfinity}, {"-.inf", number, -kInfinity}, {"+.INF", number, kInfinity},
      {".iNf", text, 0}, {"-.iNF", text, 0}, {"inf", text, 0}, {".nan", number, kNan},
      {".NaN", number, kNan}, {".NAN", number, kNan}, {".Nan", text, 0}, {"-.nan", text, 0},
      {"nan", text, 0}, {"yes", boolean, 1}, {"Yes", boolean, 1}, {"YES", boolean, 1}, {"yEs", text, 0},
      {"no", boolean, 0}, {"No", boolean, 0}, {"NO", boolean, 0}, {"nO", text, 0}, {"on", boolean, 1},
      {"On", boolean, 1}, {"ON", boolean, 1}, {"oN", text, 0}, {"off", boolean, 0}, {"Off", boolean, 0},
      {"OFF", boolean, 0}, {"oFF", text, 0}, {"true", boolean, 1}, {"True", boolean, 1},
      {"TRUE", boolean, 1}, {"tRUE", text, 0}, {"false", boolean, 0}, {"False", boolean, 0},
      {"FALSE", boolean, 0}, {"fAlse", text, 0}, {"y", text, 0}, {"Y", text, 0}, {"n", text, 0},
      {"N", text, 0}, {"t", text, 0}, {"1", integer, 1}, {"~", null, 0}, {"null", null, 0},
      {"Null", null, 0}, {"NULL", null, 0}, {"nUll", text, 0}, {"none", text, 0}, {"None", text, 0},
      {"--", text, 0}, {"+", text, 0}, {"e3", text, 0}, {"1e", text, 0}, {"-e3", text, 0},
      {"0x1.5", text, 0}, {"1,000", text, 0}, {"1-50x5", text, 0}, {"1,5", text, 0}, {"12:30pm", text, 0},
      {"v001", text, 0}, {"1.10", number, 1.1}, {"1.2.3", text, 0}, {"0001", integer, 1}, {"0009", text, 0},
      // clang-format on
  };
}

TEST(Scalar, MeansWhatPyYamlReads) {
  for (const Row& row : rows_of_pyyaml()) {
    EXPECT_EQ(type_of(row.text), row.type) << row.text;
    if (row.type == ScalarType::boolean) {
      EXPECT_EQ(to_boolean(row.text), row.value == 1) << row.text;
    }
    if (row.type == ScalarType::integer) {
      EXPECT_EQ(to_integer(row.text), row.value) << row.text;
    }
    if (row.type != ScalarType::number) continue;
    const auto number = to_number(row.text);
    ASSERT_TRUE(number) << row.text;
    EXPECT_TRUE(*number == row.value || (std::isnan(*number) && std::isnan(row.value))) << row.text;
  }
}

TEST(Scalar, QuotesMakeText) {
  Node node;
  node.kind = Kind::scalar;
  node.text = "42";
  EXPECT_EQ(type_of(node), ScalarType::integer);
  node.quoted = true;
  EXPECT_EQ(type_of(node), ScalarType::text);
}

TEST(Scalar, TagsDecide) {
  Node node;
  node.kind = Kind::scalar;
  node.text = "42";
  node.tag = "tag:yaml.org,2002:str";
  EXPECT_EQ(type_of(node), ScalarType::text);
  node.tag = "tag:yaml.org,2002:float";
  EXPECT_EQ(type_of(node), ScalarType::number);
  node.tag = "!something";
  EXPECT_EQ(type_of(node), ScalarType::integer);
}

}  // namespace
}  // namespace silex::yaml
