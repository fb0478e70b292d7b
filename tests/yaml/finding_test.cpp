// How findings are written for people.
#include "yaml/finding.hpp"

#include <string>

#include <gtest/gtest.h>

namespace silex::yaml {
namespace {

TEST(Finding, NamesPlaceWhatIsAllowedAndTheNearestName) {
  const Finding finding{"a.yml", 3, 5, "the unknown key 'ulr'", "url or path", "url"};
  EXPECT_EQ(to_text(finding), "a.yml:3:5: the unknown key 'ulr'; allowed: url or path; did you mean 'url'?");
}

TEST(Finding, OfAVariableHasNoLine) {
  EXPECT_EQ(to_text({"SILEX_LOG_LEVEL", 0, 0, "the text 'loud'", "DEBUG or INFO", {}}),
            "SILEX_LOG_LEVEL: the text 'loud'; allowed: DEBUG or INFO");
}

TEST(Findings, AreSummedUpByTheFirstAndACount) {
  Findings findings;
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(findings.summary(), "");
  findings.add({"a", 1, 1, "one", {}, {}});
  EXPECT_EQ(findings.summary(), "a:1:1: one");
  findings.add({"a", 2, 1, "two", {}, {}});
  EXPECT_EQ(findings.summary(), "a:1:1: one (and 1 more)");
  EXPECT_EQ(findings.text(), "a:1:1: one\na:2:1: two");
}

TEST(Findings, KeepTheFirstFewHundredAndCountTheRest) {
  Findings findings;
  for (std::size_t i = 0; i < Findings::kKept + 7; ++i) findings.add({"a", 1, 1, "one", {}, {}});
  EXPECT_EQ(findings.kept().size(), Findings::kKept);
  EXPECT_EQ(findings.size(), Findings::kKept + 7);
  EXPECT_TRUE(findings.text().ends_with("\n... and 7 more"));
}

TEST(Quotes, HideControlCharactersAndCutWhatIsLong) {
  EXPECT_EQ(in_quotes("a\nb\x7f"), "'a?b?'");
  const std::string cut = in_quotes(std::string(79, 'x') + "\xC3\xA9 and more");
  EXPECT_EQ(cut, "'" + std::string(79, 'x') + "...'");
}

TEST(AnyOf, ReadsAsAList) {
  EXPECT_EQ(any_of({}), "");
  EXPECT_EQ(any_of({"a"}), "a");
  EXPECT_EQ(any_of({"a", "b"}), "a or b");
  EXPECT_EQ(any_of({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace silex::yaml
