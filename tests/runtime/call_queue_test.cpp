// The queue between every thread and the main thread, with a clock that the calls themselves move.
#include "runtime/call_queue.hpp"

#include "manual_clock.hpp"
#include "runtime/event_loop.hpp"
#include "runtime/logger.hpp"
#include "runtime/task_registry.hpp"
#include "runtime/work_store.hpp"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {
namespace {

using ::testing::ElementsAre;
using std::chrono_literals::operator""ms;

// A queue whose host is the test: it counts wakes, and drains when the test says so.
class DeferredCall : public ::testing::Test {
 protected:
  using Run = std::function<void()>;

  // What was told waits in the loop's inbox: it is released there.
  ~DeferredCall() override {
    queue.close(SILEX_OUTCOME_HOST_GONE, {SILEX_ERROR_HOST_GONE, "the test ends"});
    loop.start(nullptr);
    loop.finish([] { return true; });
    EXPECT_TRUE(loop.join_for(std::chrono::seconds(10)));
  }

  silex_work work(Run run) {
    silex_work made{};
    made.size = sizeof made;
    made.data = new Run(std::move(run));
    made.run = [](void* data, const silex_scope*) {
      (*static_cast<Run*>(data))();
      return static_cast<silex_status>(SILEX_OK);
    };
    made.release = [](void* data) { delete static_cast<Run*>(data); };
    return made;
  }
  WorkItem* defer(Run run) {
    WorkItem* const item = store.make(WorkKind::call, work(std::move(run)), nullptr);
    EXPECT_TRUE(queue.push(item));
    return item;
  }
  void defer_number(int number) {
    defer([this, number] { order.push_back(number); });
  }
  silex_drain_report drain() {
    silex_drain_report report{sizeof(silex_drain_report), 0, 0};
    open = queue.drain(report);
    return report;
  }

  ManualClock clock;
  Logger logger{[](void*, silex_log_level, const char*) {}, nullptr};
  TaskRegistry tasks;
  int wakes = 0;
  bool host_answers = true;
  std::vector<Duration> slow_calls;
  std::vector<int> order;
  bool open = true;

  CallQueue queue{clock,
                  {8ms, Duration(0), 50ms},
                  [this](const WorkItem&, Duration held) { slow_calls.push_back(held); },
                  [this] {
                    ++wakes;
                    return host_answers;
                  }};
  // Not started before the end: until then it keeps what it is told.
  EventLoop loop{clock, logger, tasks, queue.draining(), 250ms, [](auto...) {}, [](auto...) {}};
  WorkStore store{loop, clock};
};

TEST_F(DeferredCall, RunsInOrderOfArrival) {
  for (int i = 0; i < 5; ++i) defer_number(i);
  EXPECT_EQ(5u, drain().calls_run);
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(DeferredCall, WakesTheHostOnceHoweverManyCallsAreQueued) {
  for (int i = 0; i < 100; ++i) defer_number(i);
  EXPECT_EQ(1, wakes);
  drain();
}

TEST_F(DeferredCall, WakesTheHostAgainAfterADrain) {
  defer_number(1);
  drain();
  defer_number(2);
  EXPECT_EQ(2, wakes);
  drain();
}

TEST_F(DeferredCall, StopsStartingCallsWhenTheBudgetIsSpentAndAsksForAnotherDrain) {
  for (int i = 0; i < 5; ++i) {
    defer([this, i] {
      order.push_back(i);
      clock.advance(3ms);
    });
  }
  const auto first = drain();
  EXPECT_EQ(3u, first.calls_run);  // the budget of 8 ms is spent by the third
  EXPECT_EQ(2u, first.calls_left);
  EXPECT_GE(wakes, 2);
  EXPECT_EQ(1u, queue.counts().drains_over_budget);
  EXPECT_EQ(2u, drain().calls_run);
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(DeferredCall, ACallThatComesDuringADrainIsRunByIt) {
  defer([this] {
    order.push_back(1);
    defer_number(2);
  });
  EXPECT_EQ(2u, drain().calls_run);
  EXPECT_THAT(order, ElementsAre(1, 2));
}

TEST_F(DeferredCall, WithdrawnBeforeItStartsNeverRuns) {
  WorkItem* const item = defer([this] { order.push_back(1); });
  ASSERT_TRUE(item->retain());
  EXPECT_TRUE(queue.withdraw(*item, SILEX_OUTCOME_CANCELLED, {SILEX_ERROR_CANCELLED, "cancelled"}));
  EXPECT_EQ(SILEX_OUTCOME_CANCELLED, item->outcome());
  item->drop();
  EXPECT_EQ(0u, queue.size());
  EXPECT_EQ(0u, drain().calls_run);
  EXPECT_THAT(order, ElementsAre());
}

TEST_F(DeferredCall, WithdrawnByTheCallBeforeItNeverRuns) {
  WorkItem* second = nullptr;
  defer([&] { queue.withdraw(*second, SILEX_OUTCOME_CANCELLED, {SILEX_ERROR_CANCELLED, "cancelled"}); });
  second = defer([this] { order.push_back(2); });
  defer_number(3);
  EXPECT_EQ(2u, drain().calls_run);
  EXPECT_THAT(order, ElementsAre(3));
}

TEST_F(DeferredCall, PastItsDeadlineItTimesOutInsteadOfRunning) {
  silex_work limited = work([this] { order.push_back(1); });
  limited.timeout_ns = 1'000'000;
  WorkItem* const item = store.make(WorkKind::call, limited, nullptr);
  ASSERT_TRUE(item->retain());
  queue.push(item);
  clock.advance(2ms);
  EXPECT_EQ(0u, drain().calls_run);
  EXPECT_EQ(SILEX_OUTCOME_TIMED_OUT, item->outcome());
  item->drop();
  EXPECT_THAT(order, ElementsAre());
}

TEST_F(DeferredCall, AModalDialogDoesNotHoldTheQueue) {
  defer([this] {
    order.push_back(1);
    drain();  // the dialog's own loop
    order.push_back(10);
  });
  defer_number(2);
  defer_number(3);
  drain();
  EXPECT_THAT(order, ElementsAre(1, 2, 3, 10));
}

TEST_F(DeferredCall, WhatComesBehindAModalDialogWakesTheHost) {
  defer([this] {
    drain();  // the dialog opens and finds nothing to do
    const int before = wakes;
    defer_number(1);
    EXPECT_EQ(before + 1, wakes);
    drain();  // which the wake brought about
    EXPECT_THAT(order, ElementsAre(1));
  });
  drain();
}

TEST_F(DeferredCall, WhatIsQueuedBehindACallThatOpensADialogHasAWakeOutstanding) {
  defer([this] {
    EXPECT_EQ(2, wakes);  // the second is for the call behind us
  });
  defer_number(2);
  EXPECT_EQ(1, wakes);
  drain();
}

TEST_F(DeferredCall, KeepsItsOrderAcrossABudgetSpentInsideADialog) {
  defer([this] {
    order.push_back(1);
    drain();
    order.push_back(10);
  });
  for (int i = 2; i < 5; ++i) {
    defer([this, i] {
      order.push_back(i);
      clock.advance(5ms);
    });
  }
  drain();
  while (queue.size() > 0) drain();
  EXPECT_THAT(order, ElementsAre(1, 2, 3, 10, 4));
}

TEST_F(DeferredCall, AWakeThatFailedIsTriedAgainWithTheNextCall) {
  host_answers = false;
  defer_number(1);
  EXPECT_EQ(1u, queue.counts().wakes_failed);
  host_answers = true;
  defer_number(2);
  EXPECT_EQ(2, wakes);
  drain();
  EXPECT_THAT(order, ElementsAre(1, 2));
}

TEST_F(DeferredCall, AWakeThatComesTwiceFindsNothingToDo) {
  defer_number(1);
  EXPECT_EQ(1u, drain().calls_run);
  EXPECT_EQ(0u, drain().calls_run);
}

TEST_F(DeferredCall, AWakeThatNeverCameIsAskedForAgain) {
  defer_number(1);
  queue.wake_again();
  EXPECT_EQ(2, wakes);
  drain();
  queue.wake_again();  // nothing waits
  EXPECT_EQ(2, wakes);
}

TEST_F(DeferredCall, ASlowOneIsReportedWithItsLength) {
  defer([this] { clock.advance(51ms); });
  defer([this] { clock.advance(49ms); });
  drain();
  drain();
  EXPECT_THAT(slow_calls, ElementsAre(51ms));
}

TEST_F(DeferredCall, ClosingEndsAllThatWaitsAndRefusesMore) {
  WorkItem* const item = defer([this] { order.push_back(1); });
  ASSERT_TRUE(item->retain());
  queue.close(SILEX_OUTCOME_HOST_GONE, {SILEX_ERROR_HOST_GONE, "gone"});
  EXPECT_EQ(SILEX_OUTCOME_HOST_GONE, item->outcome());
  item->drop();
  const silex_work refused = work([] {});
  WorkItem* const late = store.make(WorkKind::call, refused, nullptr);
  EXPECT_FALSE(queue.push(late));
  EXPECT_TRUE(late->discard());
  refused.release(refused.data);  // still ours
  drain();
  EXPECT_FALSE(open);
  EXPECT_THAT(order, ElementsAre());
}

TEST_F(DeferredCall, ClosingFromInsideACallTellsThatCallsWaiterToo) {
  WorkItem* item = nullptr;
  item = defer([&] {
    queue.close(SILEX_OUTCOME_HOST_GONE, {SILEX_ERROR_HOST_GONE, "gone"});
    EXPECT_TRUE(item->stop_requested());
    EXPECT_TRUE(item->has_ended());
  });
  ASSERT_TRUE(item->retain());
  defer_number(2);
  EXPECT_EQ(1u, drain().calls_run);
  EXPECT_EQ(SILEX_OUTCOME_HOST_GONE, item->outcome());
  item->drop();
  EXPECT_THAT(order, ElementsAre());
}

TEST_F(DeferredCall, APumpRunsCallsUntilItsConditionHolds) {
  defer_number(1);
  defer_number(2);
  const auto both = [](void* data) { return static_cast<std::vector<int>*>(data)->size() == 2; };
  EXPECT_EQ(SILEX_OK, queue.pump_until(both, &order, SILEX_NONE));
  EXPECT_THAT(order, ElementsAre(1, 2));
}

TEST_F(DeferredCall, APumpEndsWithItsTime) {
  defer([this] { clock.advance(20ms); });
  EXPECT_EQ(SILEX_ERROR_TIMED_OUT, queue.pump_until(nullptr, nullptr, 10'000'000));
}

TEST_F(DeferredCall, APumpEndsWhenTheQueueIsClosed) {
  defer([this] { queue.close(SILEX_OUTCOME_HOST_GONE, {SILEX_ERROR_HOST_GONE, "gone"}); });
  EXPECT_EQ(SILEX_ERROR_HOST_GONE, queue.pump_until(nullptr, nullptr, SILEX_NONE));
}

TEST_F(DeferredCall, APumpIsWokenByACallFromAnotherThread) {
  bool ran = false;
  std::thread other([&] { defer([&] { ran = true; }); });
  const auto done = [](void* data) { return *static_cast<bool*>(data); };
  EXPECT_EQ(SILEX_OK, queue.pump_until(done, &ran, SILEX_NONE));
  other.join();
}

}  // namespace
}  // namespace silex::test
