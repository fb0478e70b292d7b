// How one mapping is laid over another.
#include "action/definition/patch.hpp"

#include "yaml/reader.hpp"

#include <gtest/gtest.h>

namespace silex::action {
namespace {

yaml::NodePtr read(const std::string& text) {
  yaml::Findings findings;
  auto node = yaml::read_text(text, "a", findings);
  EXPECT_TRUE(findings.empty()) << findings.text();
  return node;
}

std::string show(const yaml::Node& node) {
  std::string text;
  switch (node.kind) {
    case yaml::Kind::null:
      return "~";
    case yaml::Kind::scalar:
      return node.text;
    case yaml::Kind::sequence:
      for (const auto& item : node.items) text += (text.empty() ? "" : ",") + show(*item);
      return "[" + text + "]";
    case yaml::Kind::mapping:
      for (const auto& entry : node.entries)
        text += (text.empty() ? "" : ",") + entry.key + ":" + show(*entry.value);
      return "{" + text + "}";
  }
  return text;
}

std::string patched_text(const std::string& base, const std::string& over) {
  return show(*patched(read(base), read(over)));
}

TEST(Patch, MergesMappingsKeyByKeyAndRecursively) {
  EXPECT_EQ(patched_text("{a: {b: 1, c: 2}, d: 3}", "{a: {c: 4, e: 5}, f: 6}"), "{a:{b:1,c:4,e:5},d:3,f:6}");
}

TEST(Patch, ReplacesListsAndScalars) {
  EXPECT_EQ(patched_text("{a: [1, 2], b: 1}", "{a: [3], b: [4]}"), "{a:[3],b:[4]}");
  EXPECT_EQ(patched_text("{a: {b: 1}}", "{a: 2}"), "{a:2}");
  EXPECT_EQ(patched_text("{a: 2}", "{a: {b: 1}}"), "{a:{b:1}}");
}

TEST(Patch, AnEmptyMappingChangesNothing) {
  EXPECT_EQ(patched_text("{a: {b: 1}, c: [1]}", "{a: {}, c: {}}"), "{a:{b:1},c:[1]}");
}

TEST(Patch, NullReplaces) {
  EXPECT_EQ(patched_text("{a: {b: 1}}", "{a: ~}"), "{a:~}");
}

TEST(Patch, LeavesBothTreesAloneAndCountsItsNodes) {
  const auto base = read("{a: {b: 1}}");
  const auto over = read("{a: {c: 2}}");
  const auto merged = patched(base, over);
  EXPECT_EQ(show(*base), "{a:{b:1}}");
  EXPECT_EQ(show(*over), "{a:{c:2}}");
  EXPECT_EQ(merged->nodes, 4U);
}

}  // namespace
}  // namespace silex::action
