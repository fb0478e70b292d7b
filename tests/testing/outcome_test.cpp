// The matchers for how work ended: what they match, and what is read where they do not.
#include <silex/testing.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace silex::testkit {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;

// What is read where it does not match.
template <typename Value, typename Matcher>
std::string complaint(const Value& value, const Matcher& matcher) {
  const auto typed = ::testing::SafeMatcherCast<const Value&>(matcher);
  ::testing::StringMatchResultListener listener;
  EXPECT_FALSE(typed.MatchAndExplain(value, &listener));
  return ::testing::DescribeMatcher<const Value&>(typed) + " | " + ::testing::PrintToString(value) + " | " +
         listener.str();
}

template <typename Thrown>
Outcome<int> thrown(Thrown error) {
  return outcome_of([&]() -> int { throw error; });
}

TEST(TestKit, CompletedLooksAtTheValue) {
  const auto answer = outcome_of([] { return 42; });
  EXPECT_THAT(answer, Completed());
  EXPECT_THAT(answer, Completed(42));
  EXPECT_THAT(answer, Completed(Gt(41)));
  EXPECT_THAT(answer, Not(Completed(43)));
  EXPECT_THAT(outcome_of([] { return std::vector<int>{1, 2}; }), Completed(ElementsAre(1, 2)));
  EXPECT_THAT(outcome_of([] { return std::string("shot"); }), Completed("shot"));
  EXPECT_THAT(outcome_of([] {}), Completed());
}

TEST(TestKit, EachWayToEndHasItsMatcher) {
  const auto failed = thrown(std::runtime_error("no such layer"));
  const auto cancelled = thrown(silex::Cancelled());
  const auto late = thrown(silex::TimedOut());
  const auto gone = thrown(silex::HostGone(SILEX_ERROR_HOST_GONE, "the host quit"));
  EXPECT_THAT(failed, AllOf(Failed(), Failed("no such layer"), Failed(HasSubstr("layer"))));
  EXPECT_THAT(cancelled, Cancelled());
  EXPECT_THAT(late, TimedOut());
  EXPECT_THAT(gone, HostGone(HasSubstr("quit")));
  EXPECT_THAT(thrown(Error(SILEX_ERROR_QUEUE_FULL, "too much")), Failed("too much"));
  EXPECT_THAT(thrown(7), Failed());
  for (const auto& outcome : {failed, late, gone})
    EXPECT_THAT(outcome, AllOf(Not(Completed()), Not(Cancelled())));
  EXPECT_THAT(cancelled, AllOf(Not(Completed(42)), Not(Failed()), Not(TimedOut()), Not(HostGone())));
}

TEST(TestKit, TheMessagesSayWhatWasMeantAndWhatCame) {
  EXPECT_EQ(complaint(outcome_of([] { return 42; }), Completed(43)),
            "completed, with a value that is equal to 43 | completed with 42 | ");
  EXPECT_EQ(complaint(thrown(std::runtime_error("no such layer")), Completed(43)),
            "completed, with a value that is equal to 43 | failed: 'no such layer' (SILEX_ERROR_EXCEPTION) | "
            "which failed");
  EXPECT_EQ(complaint(thrown(std::runtime_error("no such layer")), Failed(HasSubstr("shot"))),
            "failed, with a message that has substring \"shot\" | failed: 'no such layer' "
            "(SILEX_ERROR_EXCEPTION) | ");
  EXPECT_EQ(complaint(outcome_of([] {}), HostGone()),
            "ended because the host is gone | completed | which completed");
}

}  // namespace
}  // namespace silex::testkit
