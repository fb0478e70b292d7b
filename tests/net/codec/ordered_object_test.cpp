// JSON objects that keep the order of their members, few of them and many.
#include "net/codec/packet.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::net::test {
namespace {

// By the number of members: below and above what is looked through from the first one on.
class OrderedObject : public ::testing::TestWithParam<int> {
 protected:
  static std::string key(int i) { return "key " + std::to_string((i * 7919) % 100'003); }
  static Json numbered(int count) {
    Json object = Json::object();
    for (int i = 0; i < count; ++i) object[key(i)] = i;
    return object;
  }
  static std::string keys(const Json& object) {
    std::string all;
    for (const auto& [name, value] : object.items()) all += name + ",";
    return all;
  }
  const int count = GetParam();
};
INSTANTIATE_TEST_SUITE_P(OfMembers, OrderedObject, ::testing::Values(1, 15, 16, 17, 500));

TEST_P(OrderedObject, KeepsTheOrderInWhichMembersCame) {
  const Json object = numbered(count);
  std::string expected;
  for (int i = 0; i < count; ++i) expected += key(i) + ",";
  EXPECT_EQ(keys(object), expected);
  EXPECT_EQ(object.size(), static_cast<std::size_t>(count));
}

TEST_P(OrderedObject, FindsEachMemberAndNoOther) {
  Json object = numbered(count);
  for (int i = 0; i < count; ++i) {
    EXPECT_EQ(object.at(key(i)), i);
    EXPECT_TRUE(object.contains(key(i)));
  }
  EXPECT_FALSE(object.contains("key"));
  EXPECT_EQ(std::as_const(object).find("no"), object.cend());
}

TEST_P(OrderedObject, AMemberThatIsSetAgainStaysWhereItIs) {
  Json object = numbered(count);
  const std::string before = keys(object);
  object[key(0)] = "new";
  EXPECT_EQ(keys(object), before);
  EXPECT_EQ(object.at(key(0)), "new");
}

TEST_P(OrderedObject, WhatIsErasedIsGoneAndMayComeBackAsTheLast) {
  Json object = numbered(count);
  EXPECT_EQ(object.erase(key(0)), 1U);
  EXPECT_EQ(object.erase(key(0)), 0U);
  EXPECT_FALSE(object.contains(key(0)));
  object[key(0)] = 0;
  EXPECT_EQ(std::prev(object.end()).key(), key(0));
  EXPECT_EQ(object, numbered(count));
}

TEST_P(OrderedObject, ACopyAndWhatWasMovedFindTheirOwnMembers) {
  Json object = numbered(count);
  Json copy = object;
  object.clear();
  EXPECT_TRUE(object.empty());
  object["other"] = 1;
  Json moved = std::move(copy);
  copy = object;
  EXPECT_EQ(moved, numbered(count));
  EXPECT_EQ(moved.at(key(count - 1)), count - 1);
  moved.erase(moved.begin(), moved.end());
  EXPECT_FALSE(moved.contains(key(0)));
  EXPECT_EQ(copy, Json({{"other", 1}}));
}

TEST_P(OrderedObject, IsEqualWhateverTheOrder) {
  Json reversed = Json::object();
  for (int i = count; i-- > 0;) reversed[key(i)] = i;
  EXPECT_EQ(reversed, numbered(count));
  reversed[key(0)] = -1;
  EXPECT_NE(reversed, numbered(count));
  EXPECT_NE(numbered(count + 1), numbered(count));
}

TEST_P(OrderedObject, ComparesByNamesAndThenByValues) {
  const Json object = numbered(count);
  EXPECT_LT(object, numbered(count + 1));
  EXPECT_FALSE(object < object);
  Json larger = object;
  larger[key(0)] = 1;
  EXPECT_LT(object, larger);
  EXPECT_GT(larger, object);
}

}  // namespace
}  // namespace silex::net::test
