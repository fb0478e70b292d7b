// Durations and sizes as people write them.
#include "config/units.hpp"

#include <gtest/gtest.h>

namespace silex::config {
namespace {

using namespace std::chrono_literals;

TEST(Units, DurationsHaveAUnit) {
  EXPECT_EQ(parse_duration("250ms"), 250ms);
  EXPECT_EQ(parse_duration("2 s"), 2s);
  EXPECT_EQ(parse_duration("1min"), 1min);
  EXPECT_EQ(parse_duration("0.2ms"), 200us);
  EXPECT_EQ(parse_duration("1.5h"), 90min);
  EXPECT_EQ(parse_duration("3US"), 3us);
  EXPECT_EQ(parse_duration("7ns"), 7ns);
  EXPECT_EQ(parse_duration("0"), 0s);
}

TEST(Units, WhatIsNoDurationIsNone) {
  for (const auto* text :
       {"", "5", "s", "-1s", "+1s", "1  s", "1 day", "1e3s", "1s2", "nan s", "infs", "9999999999999h"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(Units, SizesAreBinaryOrDecimal) {
  EXPECT_EQ(parse_bytes("64MiB"), 67'108'864U);
  EXPECT_EQ(parse_bytes("1 kB"), 1000U);
  EXPECT_EQ(parse_bytes("1KIB"), 1024U);
  EXPECT_EQ(parse_bytes("1.5GiB"), 1'610'612'736U);
  EXPECT_EQ(parse_bytes("4096"), 4096U);
  EXPECT_EQ(parse_bytes("12B"), 12U);
  for (const auto* text : {"", "-1", "MiB", "1Mi", "1 TB", "99999999999GiB"}) {
    EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
  }
}

TEST(Units, AreWrittenInTheLargestThatFits) {
  EXPECT_EQ(to_text(0ns), "0s");
  EXPECT_EQ(to_text(250ms), "250ms");
  EXPECT_EQ(to_text(120s), "2min");
  EXPECT_EQ(to_text(90min), "90min");
  EXPECT_EQ(to_text(200us), "200us");
  EXPECT_EQ(bytes_to_text(0), "0B");
  EXPECT_EQ(bytes_to_text(64U << 20U), "64MiB");
  EXPECT_EQ(bytes_to_text(1000), "1000B");
}

}  // namespace
}  // namespace silex::config
