// What a scalar means.
#include "yaml/scalar.hpp"

#include <cmath>
#include <limits>

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
  EXPECT_EQ(to_integer("010"), 10);
  EXPECT_EQ(to_integer("0x1F"), 31);
  EXPECT_EQ(to_integer("0o17"), 15);
  EXPECT_EQ(to_integer("1_000"), 1000);
  EXPECT_EQ(to_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(to_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
}

TEST(Scalar, WhatIsNoIntegerIsNone) {
  for (const auto* text :
       {"", "-", "+-1", "1.0", "0x", "_1", "1_", "1__0", "9223372036854775808", "1 ", "abc"}) {
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
  for (const auto* text : {"", ".", "inf", "nan", "1.5.2", "e3", "1e", "--1"}) {
    EXPECT_EQ(to_number(text), std::nullopt) << text;
  }
}

TEST(Scalar, TypeIsThatOfTheCoreSchema) {
  EXPECT_EQ(type_of("~"), ScalarType::null);
  EXPECT_EQ(type_of("Null"), ScalarType::null);
  EXPECT_EQ(type_of("no"), ScalarType::boolean);
  EXPECT_EQ(type_of("-3"), ScalarType::integer);
  EXPECT_EQ(type_of("3.0"), ScalarType::number);
  EXPECT_EQ(type_of("3.0.1"), ScalarType::text);
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
