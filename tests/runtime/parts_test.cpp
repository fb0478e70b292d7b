// The parts that need no thread: timers, stalls, histograms, lists.
#include "runtime/gate.hpp"
#include "runtime/histogram.hpp"
#include "runtime/ids.hpp"
#include "runtime/intrusive_list.hpp"
#include "runtime/loop_item.hpp"
#include "runtime/occupancy.hpp"
#include "runtime/stall_detector.hpp"
#include "runtime/timer_queue.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

TimePoint at(Duration time) {
  return TimePoint(time);
}

TEST(TimerQueue, GivesWhatIsDueInOrderOfTimeThenOfArrival) {
  TimerQueue timers;
  timers.add(at(20ms), {1, {}, 0});
  timers.add(at(10ms), {2, {}, 0});
  timers.add(at(10ms), {3, {}, 0});
  EXPECT_FALSE(timers.take_due(at(9ms)));
  EXPECT_EQ(2u, timers.take_due(at(30ms))->id);
  EXPECT_EQ(3u, timers.take_due(at(30ms))->id);
  EXPECT_EQ(1u, timers.take_due(at(30ms))->id);
  EXPECT_FALSE(timers.take_due(at(30ms)));
}

TEST(TimerQueue, APeriodicOneDoesNotMakeUpForWhatWasMissed) {
  TimerQueue timers;
  silex_timer timer{};
  timer.period_ns = 10'000'000;
  timers.add(at(10ms), {1, timer, 0});
  EXPECT_TRUE(timers.take_due(at(45ms)));
  EXPECT_FALSE(timers.take_due(at(45ms)));
  EXPECT_EQ(at(50ms), timers.next_due());
}

TEST(TimerQueue, RemovesById) {
  TimerQueue timers;
  timers.add(at(10ms), {1, {}, 0});
  EXPECT_TRUE(timers.remove(1));
  EXPECT_FALSE(timers.remove(1));
  EXPECT_TRUE(timers.empty());
}

class Stall : public ::testing::Test {
 protected:
  StallDetector::Sight sight(Duration now) {
    StallDetector::Sight seen{};
    seen.now = at(now);
    seen.last_looked = at(now);
    return seen;
  }
  StallDetector detector{{250ms, 2s}};
};

TEST_F(Stall, AHeldLoopIsToldOnceWithTheTasksName) {
  auto seen = sight(1300ms);
  seen.loop = {7, "publish", at(1s)};
  const auto events = detector.look(seen);
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(SILEX_EVENT_LOOP_STALLED, events[0].kind);
  EXPECT_EQ(7u, events[0].task);
  EXPECT_EQ(300ms, events[0].duration);
  EXPECT_THAT(events[0].message, HasSubstr("'publish' for 300 ms"));
  seen.now = at(5s);
  EXPECT_THAT(detector.look(seen), IsEmpty());
}

TEST_F(Stall, ItsEndIsToldWithItsWholeLength) {
  auto seen = sight(1300ms);
  seen.loop = {7, "publish", at(1s)};
  ASSERT_THAT(detector.look(seen), SizeIs(1));
  const auto events = detector.loop_let_go(7, "publish", at(1s), 4s);
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(SILEX_EVENT_LOOP_RESUMED, events[0].kind);
  EXPECT_EQ(4s, events[0].duration);
}

TEST_F(Stall, OneBetweenTwoLooksIsToldAllTheSame) {
  EXPECT_THAT(detector.loop_let_go(7, "publish", at(1s), 260ms), SizeIs(2));
}

TEST_F(Stall, ALookThatComesLateDoesNotTellAnEndedStallAgain) {
  static_cast<void>(detector.loop_let_go(7, "publish", at(1s), 260ms));
  auto stale = sight(1300ms);
  stale.loop = {7, "publish", at(1s)};
  EXPECT_THAT(detector.look(stale), IsEmpty());
}

TEST_F(Stall, AShortHoldIsNoStall) {
  auto seen = sight(1249ms);
  seen.loop = {7, "publish", at(1s)};
  EXPECT_THAT(detector.look(seen), IsEmpty());
}

TEST_F(Stall, AHostThatDoesNotDrainIsBusyOnceAndThenBack) {
  auto seen = sight(5s);
  seen.last_looked = at(1s);
  seen.calls_waiting_since = at(2s);
  const auto busy = detector.look(seen);
  ASSERT_THAT(busy, SizeIs(1));
  EXPECT_EQ(SILEX_EVENT_HOST_BUSY, busy[0].kind);
  EXPECT_EQ(3s, busy[0].duration);  // since the call came, not since the last look
  seen.now = at(7s);
  EXPECT_THAT(detector.look(seen), IsEmpty());
  const auto back = detector.look(sight(9s));
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(SILEX_EVENT_HOST_RESPONSIVE, back[0].kind);
  EXPECT_EQ(7s, back[0].duration);
}

TEST_F(Stall, ACallThatHoldsTheMainThreadIsNamed) {
  auto seen = sight(5s);
  seen.last_looked = at(1s);
  seen.call = {3, "render", at(1s)};
  const auto busy = detector.look(seen);
  ASSERT_THAT(busy, SizeIs(1));
  EXPECT_EQ("render", busy[0].name);
}

TEST_F(Stall, AnIdleHostIsNotBusyHoweverLongItDidNotDrain) {
  auto seen = sight(1000s);
  seen.last_looked = at(1s);
  EXPECT_THAT(detector.look(seen), IsEmpty());
}

TEST_F(Stall, ADialogThatDrainsIsNotBusy) {
  auto seen = sight(10s);
  seen.call = {3, "dialog", at(1s)};
  seen.last_looked = at(9900ms);
  EXPECT_THAT(detector.look(seen), IsEmpty());
}

TEST(Histogram, CountsByPowersOfTwo) {
  Histogram histogram;
  for (const std::int64_t ns : {0, 1, 2, 3, 1024}) histogram.add(Duration(ns));
  histogram.add(Duration::max());
  const silex_histogram read = histogram.read();
  EXPECT_EQ(6u, read.count);
  EXPECT_EQ(2u, read.buckets[0]);
  EXPECT_EQ(2u, read.buckets[1]);
  EXPECT_EQ(1u, read.buckets[10]);
  EXPECT_EQ(1u, read.buckets[SILEX_HISTOGRAM_BUCKETS - 1]);
  EXPECT_EQ(static_cast<std::uint64_t>(Duration::max().count()), read.max_ns);
}

struct Element : ListLinks {
  explicit Element(int v) : value(v) {}
  int value;
};

std::vector<int> values(IntrusiveList<Element>& list) {
  std::vector<int> found;
  while (Element* const element = list.pop_front()) found.push_back(element->value);
  return found;
}

TEST(IntrusiveList, AppendsPrependsAndErasesAnywhere) {
  Element one(1), two(2), three(3), four(4);
  IntrusiveList<Element> first;
  IntrusiveList<Element> second;
  first.push_back(&one);
  first.push_back(&two);
  second.push_back(&three);
  second.push_back(&four);
  first.append(second);
  EXPECT_TRUE(second.empty());
  first.erase(&two);
  EXPECT_EQ(3u, first.size());
  second.push_back(&two);
  first.prepend(second);
  EXPECT_EQ((std::vector{2, 1, 3, 4}), values(first));
}

TEST(Inbox, GivesAllInOrderOfArrival) {
  LoopItem one(nullptr), two(nullptr), three(nullptr);
  Inbox inbox;
  EXPECT_TRUE(inbox.empty());
  for (LoopItem* const item : {&one, &two, &three}) inbox.push(item);
  LoopItem* const first = inbox.take_all();
  EXPECT_EQ(&one, first);
  EXPECT_EQ(&two, first->next);
  EXPECT_EQ(&three, first->next->next);
  EXPECT_EQ(nullptr, first->next->next->next);
  EXPECT_TRUE(inbox.empty());
}

TEST(Occupancy, WhatAReaderSeesBelongsTogether) {
  Occupancy occupancy;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    const std::string names[] = {"", std::string(20, 'a'), std::string(60, 'b')};
    for (std::uint64_t i = 1; !stop; ++i) {
      // The name, the task and the time say the same thing.
      const std::uint64_t kind = i % 3;
      const Occupancy::Scope scope(occupancy, kind, names[kind].c_str(),
                                   at(Duration(1 + static_cast<int>(kind))));
    }
  });
  int seen = 0;
  while (seen < 10'000) {
    const auto snapshot = occupancy.read();
    if (!snapshot) continue;
    ++seen;
    ASSERT_EQ(static_cast<int>(snapshot->task) + 1, snapshot->since.time_since_epoch().count());
    const std::string expected[] = {"", std::string(20, 'a'), std::string(47, 'b')};
    ASSERT_EQ(expected[snapshot->task], snapshot->name);
  }
  stop = true;
  writer.join();
}

TEST(Occupancy, WhatWasInterruptedComesBack) {
  Occupancy occupancy;
  const Occupancy::Scope outer(occupancy, 1, "outer", at(1ms));
  {
    const Occupancy::Scope inner(occupancy, 2, "inner", at(2ms));
    EXPECT_EQ("inner", occupancy.read()->name);
  }
  EXPECT_EQ("outer", occupancy.read()->name);
}

TEST(Gate, LetsNobodyInOnceItIsClosed) {
  Gate gate;
  EXPECT_FALSE(gate.enter());
  gate.open();
  EXPECT_TRUE(gate.enter());
  EXPECT_FALSE(gate.close(1ms));  // somebody is inside
  EXPECT_FALSE(gate.enter());
  gate.leave();
  EXPECT_TRUE(gate.close(1ms));
}

TEST(Ids, TellTimersFromWorkAndFindTheSlot) {
  EXPECT_TRUE(is_timer(timer_id(next_sequence())));
  const silex_id id = work_id(next_sequence(), kWorkSlots - 1);
  EXPECT_FALSE(is_timer(id));
  EXPECT_EQ(kWorkSlots - 1, slot_of(id));
}

}  // namespace
}  // namespace silex::test
