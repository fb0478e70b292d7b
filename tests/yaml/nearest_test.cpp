// Which right name a wrong one was meant to be.
#include "yaml/nearest.hpp"

#include <string>

#include <gtest/gtest.h>

namespace silex::yaml {
namespace {

TEST(EditDistance, CountsLettersAndSwapsOfNeighbours) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", "abc"), 0U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("ulr", "url"), 1U);
}

TEST(NearestName, FindsWhatIsMeant) {
  EXPECT_EQ(nearest_name("paht", {"url", "path"}), "path");
  EXPECT_EQ(nearest_name("Parameter", {"parameters", "path"}), "parameters");
  EXPECT_EQ(nearest_name("ask-user", {"ask_user", "skip"}), "ask_user");
}

TEST(NearestName, IsNoneWhereNothingIsLikeIt) {
  EXPECT_EQ(nearest_name("colour", {"url", "path"}), "");
  EXPECT_EQ(nearest_name("", {"a"}), "");
  EXPECT_EQ(nearest_name("x", {"c"}), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'x'), {std::string_view("xxx")}), "");
}

}  // namespace
}  // namespace silex::yaml
