// Which warnings are due, from what loop and main thread are seen to do: each once.
#include "runtime/stall_detector.hpp"

#include <gmock/gmock.h>

namespace silex::test {

namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class Stalls : public ::testing::Test {
 protected:
  static constexpr TimePoint kBegin{1h};

  // What is seen at a time after the beginning.
  static StallDetector::Sight at(Duration now, Duration last_looked = 0s) {
    return {kBegin + now, {}, {}, {}, kBegin + last_looked};
  }
  static StallDetector::Sight loop_held(Duration now, Duration since) {
    auto sight = at(now);
    sight.loop = Occupancy::Snapshot{7, "export", kBegin + since};
    return sight;
  }
  static StallDetector::Sight waiting(Duration now, Duration since, Duration last_looked = 0s) {
    auto sight = at(now, last_looked);
    sight.calls_waiting_since = kBegin + since;
    return sight;
  }
  static StallDetector::Sight in_call(Duration now, Duration since, Duration last_looked) {
    auto sight = at(now, last_looked);
    sight.call = Occupancy::Snapshot{7, "list the selection", kBegin + since};
    return sight;
  }
  // "message" of each.
  static std::vector<std::string> told(const std::vector<Event>& events) {
    std::vector<std::string> messages;
    for (const Event& event : events) messages.push_back(event.message);
    return messages;
  }

  StallDetector detector{{.loop_stall = 250ms, .host_busy = 2s}};
};

TEST_F(Stalls, OfTheLoopAreToldOnceWhileTheyGoOn) {
  EXPECT_TRUE(detector.look(loop_held(1249ms, 1s)).empty());
  const auto events = detector.look(loop_held(1250ms, 1s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, SILEX_EVENT_LOOP_STALLED);
  EXPECT_EQ(events[0].task, 7u);
  EXPECT_EQ(events[0].name, "export");
  EXPECT_EQ(events[0].duration, 250ms);
  EXPECT_EQ(events[0].message, "the event loop is held by 'export' for 250 ms: use worker() for what blocks");
  EXPECT_TRUE(detector.look(loop_held(1300ms, 1s)).empty());
  EXPECT_TRUE(detector.look(loop_held(9s, 1s)).empty());
}

TEST_F(Stalls, OfTheLoopEndWithTheirWholeLength) {
  static_cast<void>(detector.look(loop_held(1250ms, 1s)));
  const auto events = detector.loop_let_go(7, "export", kBegin + 1s, 1250ms);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, SILEX_EVENT_LOOP_RESUMED);
  EXPECT_EQ(events[0].duration, 1250ms);
  EXPECT_EQ(events[0].message, "the event loop goes on: 'export' held it for 1.25 s");
}

TEST_F(Stalls, BetweenTwoLooksAreToldWhenTheyEnd) {
  EXPECT_THAT(
      told(detector.loop_let_go(0, "", kBegin + 1s, 300ms)),
      ElementsAre("the event loop is held by a callback of no task for 300 ms: use worker() for what blocks",
                  "the event loop goes on: a callback of no task held it for 300 ms"));
}

TEST_F(Stalls, ThatEndedAreNotToldByALookThatBeganBefore) {
  static_cast<void>(detector.loop_let_go(7, "export", kBegin + 1s, 300ms));
  EXPECT_TRUE(detector.look(loop_held(1300ms, 1s)).empty());
  EXPECT_EQ(detector.look(loop_held(2s, 1500ms)).size(), 1u) << "another one";
}

TEST_F(Stalls, OfAHostThatDoesNotDrainAreToldOnce) {
  EXPECT_TRUE(detector.look(waiting(4999ms, 3s)).empty());
  const auto events = detector.look(waiting(5s, 3s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, SILEX_EVENT_HOST_BUSY);
  EXPECT_EQ(events[0].name, "");
  EXPECT_EQ(events[0].duration, 2s);
  EXPECT_EQ(events[0].message,
            "the host's main thread is busy for 2.00 s with work of its own: deferred calls wait");
  EXPECT_TRUE(detector.look(waiting(6s, 3s)).empty());
}

TEST_F(Stalls, OfAHostCountFromItsLastLook) {
  EXPECT_TRUE(detector.look(waiting(5s, 1s, 4s)).empty());
  EXPECT_EQ(detector.look(waiting(6s, 1s, 4s)).size(), 1u);
}

TEST_F(Stalls, OfAHostNameTheCallThatRuns) {
  const auto events = detector.look(in_call(5s, 3s, 3s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].task, 7u);
  EXPECT_EQ(events[0].name, "list the selection");
  EXPECT_EQ(events[0].message,
            "the host's main thread is busy for 2.00 s with the deferred call 'list the selection'");
}

TEST_F(Stalls, OfAHostEndWhenItLooksAgain) {
  static_cast<void>(detector.look(waiting(5s, 3s)));
  const auto events = detector.look(at(9s, 8s));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, SILEX_EVENT_HOST_RESPONSIVE);
  EXPECT_EQ(events[0].duration, 5s);
  EXPECT_EQ(events[0].message, "the host's main thread is back after 5.00 s");
  EXPECT_TRUE(detector.look(at(20s, 8s)).empty());
}

TEST_F(Stalls, OfAHostDoNotEndWhereWhatWaitedIsWithdrawn) {
  static_cast<void>(detector.look(waiting(5s, 3s)));
  EXPECT_TRUE(detector.look(at(6s)).empty()) << "nothing waits, but the host is not back";
  EXPECT_TRUE(detector.look(waiting(7s, 6s)).empty());
  EXPECT_TRUE(detector.look(waiting(9s, 6s)).empty()) << "the same stall";
  EXPECT_THAT(told(detector.look(at(11s, 10s))), ElementsAre("the host's main thread is back after 7.00 s"));
}

TEST_F(Stalls, OfAHostAreNoneBehindADialogThatDrains) {
  EXPECT_TRUE(detector.look(in_call(10s, 1s, 9900ms)).empty());
}

TEST_F(Stalls, OfAHostFollowEachOther) {
  static_cast<void>(detector.look(waiting(5s, 3s)));
  EXPECT_THAT(
      told(detector.look(in_call(9s, 6s, 6s))),
      ElementsAre("the host's main thread is back after 3.00 s",
                  "the host's main thread is busy for 3.00 s with the deferred call 'list the selection'"));
}

TEST_F(Stalls, AreNotSeenWhereNothingWaits) {
  EXPECT_TRUE(detector.look(at(24h)).empty());
}

TEST(Durations, AreDescribedForPeople) {
  EXPECT_EQ(describe(312ms), "312 ms");
  EXPECT_EQ(describe(999ms), "999 ms");
  EXPECT_EQ(describe(1250ms), "1.25 s");
  EXPECT_EQ(describe(0ms), "0 ms");
}

}  // namespace

}  // namespace silex::test
