// Payloads in several messages.
#include "net/split.hpp"

#include "net/merge.hpp"

#include <random>
#include <string>

#include <gmock/gmock.h>

namespace silex::net::test {
namespace {

using ::testing::ElementsAre;

const Json id{{"uuid", "a"}};

Json merged(const std::vector<Json>& parts) {
  Json all = Json::object();
  for (const Json& part : parts) deep_merge(all, part);
  return all;
}

TEST(Split, WhatFitsStaysWhole) {
  const Json whole{{"uuid", "a"}, {"x", 1}, {"y", 2}};
  EXPECT_THAT(split(whole, id, 0), ElementsAre(whole));
  EXPECT_THAT(split(whole, id, text_size(whole)), ElementsAre(whole));
  EXPECT_EQ(split(whole, id, text_size(whole) - 1).size(), 2U);
}

TEST(Split, PartsAlongMembersAtAnyDepth) {
  const Json whole{
      {"uuid", "a"}, {"status", 3}, {"steps", {{"one", {{"label", "A long one"}, {"index", 1}}}}}};
  EXPECT_THAT(split(whole, id, 54),
              ElementsAre(Json({{"uuid", "a"}, {"status", 3}}),
                          Json({{"uuid", "a"}, {"steps", {{"one", {{"label", "A long one"}}}}}}),
                          Json({{"uuid", "a"}, {"steps", {{"one", {{"index", 1}}}}}})));
}

TEST(Split, WhatCannotBePartedComesAlone) {
  const std::string text(100, 'x');
  const Json whole{{"uuid", "a"}, {"before", 1}, {"text", text}, {"after", 2}};
  EXPECT_THAT(split(whole, id, 40),
              ElementsAre(Json({{"uuid", "a"}, {"before", 1}}), Json({{"uuid", "a"}, {"text", text}}),
                          Json({{"uuid", "a"}, {"after", 2}})));
}

TEST(Split, WhatIsAlwaysThereIsTheLeastThatRemains) {
  const Json whole{{"uuid", std::string(100, 'x')}};
  EXPECT_THAT(split(whole, whole, 40), ElementsAre(whole));
}

TEST(Split, KeepsTheOrderOfWhatItParts) {
  Json whole = id;
  for (int i = 0; i < 50; ++i) whole["commands"][std::to_string(i * 37 % 50)] = {{"status", 1}};
  const Json all = merged(split(whole, id, 200));
  EXPECT_EQ(all.dump(), whole.dump());
}

TEST(Split, EmptyObjectsAndNullsAreNotLost) {
  Json whole = id;
  for (int i = 0; i < 9; ++i) whole["o"][std::to_string(i)] = i % 2 == 0 ? Json::object() : Json();
  EXPECT_EQ(merged(split(whole, id, 40)), whole);
}

class RandomTree {
 public:
  explicit RandomTree(unsigned seed) : random_(seed) {}
  Json object(int depth) {
    Json tree = Json::object();
    for (unsigned i = below(6); i > 0; --i) tree["k\n" + std::to_string(below(100))] = value(depth - 1);
    return tree;
  }
  unsigned below(unsigned end) { return std::uniform_int_distribution<unsigned>(0, end - 1)(random_); }

 private:
  Json value(int depth) {
    switch (below(depth > 0 ? 7 : 4)) {
      case 0:
        return std::string(below(30), '"');
      case 1:
        return -1e300 / (1 + below(9));
      case 2:
        return Json::array({below(9), "é"});
      case 3:
        return nullptr;
      default:
        return object(depth);
    }
  }
  std::mt19937 random_;
};

TEST(Split, MergedThePartsAreTheWholeAndEachFitsWhereItCan) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    RandomTree random(seed);
    Json whole = random.object(5);
    whole["uuid"] = "a";
    // Room for the longest path and the longest value that is no object.
    const std::size_t limit = 260 + random.below(400);
    const auto parts = split(whole, id, limit);
    ASSERT_EQ(merged(parts), whole) << "seed " << seed;
    for (const Json& part : parts) {
      ASSERT_LE(text_size(part), limit) << "seed " << seed << "\n" << part.dump();
      ASSERT_EQ(part.at("uuid"), "a");
    }
  }
}

}  // namespace
}  // namespace silex::net::test
