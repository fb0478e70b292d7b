// Frames as artists write them.
#include "action/types/frame_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::action {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::int64_t> frames(const char* text) {
  const auto set = FrameSet::parse(text);
  EXPECT_TRUE(set) << text;
  return set ? set->frames() : std::vector<std::int64_t>{};
}

TEST(FrameSet, HasFramesRangesAndSteps) {
  EXPECT_THAT(frames("7"), ElementsAre(7));
  EXPECT_THAT(frames("1-4"), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(frames("1-50x5"), ElementsAre(1, 6, 11, 16, 21, 26, 31, 36, 41, 46));
  EXPECT_EQ(frames("42,78-102").size(), 26U);
  EXPECT_THAT(frames(" 3 , 1-2 "), ElementsAre(3, 1, 2));
  EXPECT_THAT(frames(""), IsEmpty());
}

TEST(FrameSet, GoesBackwardsAndBelowZero) {
  EXPECT_THAT(frames("4-1"), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(frames("10-1x4"), ElementsAre(10, 6, 2));
  EXPECT_THAT(frames("-2--1"), ElementsAre(-2, -1));
  EXPECT_THAT(frames("-1-1"), ElementsAre(-1, 0, 1));
}

TEST(FrameSet, HasEachFrameOnceWhereItStandsFirst) {
  EXPECT_THAT(frames("3,1-4"), ElementsAre(3, 1, 2, 4));
}

TEST(FrameSet, WhatIsNoneIsNone) {
  for (const auto* text : {"a", "1-", "1--", "1,,2", ",", "1,", "1-5x", "1-5x0", "1-5x-1", "1 5", "1-5y2",
                           "1.5", "x2", "9999999999999999999", "1-2000000", "1-1000000,1-2"}) {
    EXPECT_FALSE(FrameSet::parse(text)) << text;
  }
  EXPECT_TRUE(FrameSet::parse("1-1000000"));
}

TEST(FrameSet, IsWrittenShortest) {
  EXPECT_EQ(FrameSet::parse(" 1-10 , 3-3 ,5-9x1,1-9x2")->text(), "1-10,3,5-9,1-9x2");
  EXPECT_EQ(FrameSet({1, 2, 3, 5, 7, 9, 12, 20, 30}).text(), "1-3,5-9x2,12,20,30");
  EXPECT_EQ(FrameSet({5, 4, 3}).text(), "5-3");
  EXPECT_EQ(FrameSet({-3, -2, 8}).text(), "-3--2,8");
  EXPECT_EQ(FrameSet({4}).text(), "4");
  EXPECT_EQ(FrameSet().text(), "");
}

TEST(FrameSet, KeepsItsFramesWhenItIsWrittenAndRead) {
  for (const std::vector<std::int64_t>& all : std::vector<std::vector<std::int64_t>>{
           {1, 2}, {1, 3}, {2, 1}, {1, 2, 3, 5}, {10, 8, 6, 5, 4}, {-1, 0, 1, 7, 14, 21}, {3, 1, 2}}) {
    EXPECT_EQ(FrameSet::parse(FrameSet(all).text())->frames(), all) << FrameSet(all).text();
  }
}

}  // namespace
}  // namespace silex::action
