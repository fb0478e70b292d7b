// The queue of deferred calls: order, budget, lingering, wakes, and what a modal dialog does to it.
#include "runtime/core_test.hpp"

#include <thread>

namespace silex::test {

namespace {

class DeferredCalls : public CoreTest {
 protected:
  // A call that says its name, and takes so long.
  Probe& named(const char* name, Duration length = 0ms) {
    return defer([this, name, length](const silex_scope&) {
      order.add(name);
      clock.advance(length);
      return SILEX_OK;
    });
  }
  Lines order;
};

TEST_F(DeferredCalls, RunInTheOrderOfTheirArrival) {
  start();
  for (const char* name : {"a", "b", "c", "d"}) named(name);
  const silex_drain_report report = drain();
  EXPECT_EQ(report.calls_run, 4u);
  EXPECT_EQ(report.calls_left, 0u);
  EXPECT_THAT(order.all(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(DeferredCalls, RunOnTheMainThreadAlone) {
  start();
  Probe* call = nullptr;
  std::thread([&] { call = &defer(); }).join();
  drain();
  EXPECT_EQ(call->ran_on(), std::this_thread::get_id());
}

TEST_F(DeferredCalls, ManyAskForOneWake) {
  EXPECT_CALL(host, wake).Times(1);
  start();
  for (int i = 0; i < 100; ++i) defer();
  EXPECT_EQ(metrics().wakes, 1u);
}

TEST_F(DeferredCalls, ADrainAllowsTheNextWake) {
  EXPECT_CALL(host, wake).Times(2);
  start();
  defer();
  drain();
  defer();
}

TEST_F(DeferredCalls, ADrainThatLeavesNothingAsksForNoWake) {
  EXPECT_CALL(host, wake).Times(1);
  start();
  defer();
  drain();
  drain();
}

TEST_F(DeferredCalls, OnesThatComeDuringADrainRunInIt) {
  start();
  defer([this](const silex_scope&) {
    named("b");
    return SILEX_OK;
  });
  EXPECT_EQ(drain().calls_run, 2u);
  EXPECT_THAT(order.all(), ElementsAre("b"));
}

TEST_F(DeferredCalls, BeyondTheBudgetTheyRunInTheNextDrainWhichIsAskedFor) {
  settings.calls.budget = 8ms;
  start();
  for (const char* name : {"a", "b", "c", "d"}) named(name, 4ms);
  silex_drain_report report = drain();
  EXPECT_EQ(report.calls_run, 2u);
  EXPECT_EQ(report.calls_left, 2u);
  EXPECT_EQ(metrics().drains_over_budget, 1u);
  EXPECT_EQ(metrics().wakes, 2u) << "nobody would come for the rest";
  report = drain();
  EXPECT_EQ(report.calls_run, 2u);
  EXPECT_EQ(report.calls_left, 0u);
  EXPECT_EQ(metrics().drains_over_budget, 1u);
  EXPECT_THAT(order.all(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(DeferredCalls, ADrainRunsOneHoweverLongItTakes) {
  settings.calls.budget = 1ns;
  start();
  named("a", 1s);
  named("b", 1s);
  EXPECT_EQ(drain().calls_run, 1u);
  EXPECT_EQ(drain().calls_run, 1u);
}

TEST_F(DeferredCalls, WithoutLingerADrainEndsWithItsLastCall) {
  settings.calls.linger = 0ms;
  start();
  named("a");
  EXPECT_EQ(drain().calls_run, 1u);  // and comes back: the clock stands still
}

TEST_F(DeferredCalls, WithLingerADrainTakesTheNextOfAChain) {
  EXPECT_CALL(host, wake).Times(1);
  settings.calls.linger = 1h;
  settings.calls.budget = 2h;
  start();
  Probe& second = probe([this](const silex_scope&) {
    clock.advance(2h);  // enough for budget and linger
    return SILEX_OK;
  });
  Probe& first = probe();
  first.on_done = [&] { defer(second); };
  defer(first);
  EXPECT_EQ(drain().calls_run, 2u);
}

TEST_F(DeferredCalls, ALingeringDrainEndsWhenTheTimeIsUp) {
  settings.calls.linger = 100us;
  start();
  clock.advance_with_each_look(1us);
  named("a");
  const TimePoint begin = clock.now();
  EXPECT_EQ(drain().calls_run, 1u);
  EXPECT_GE(clock.now() - begin, 100us);
}

TEST_F(DeferredCalls, AnEmptyDrainDoesNotLinger) {
  settings.calls.linger = 1h;
  start();
  EXPECT_EQ(drain().calls_run, 0u);  // and comes back: the clock stands still
}

TEST_F(DeferredCalls, GoOnBehindAModalDialogInOrder) {
  start();
  defer([this](const silex_scope&) {
    order.add("dialog opens");
    EXPECT_EQ(drain().calls_run, 2u);
    order.add("dialog closes");
    return SILEX_OK;
  });
  named("a");
  named("b");
  EXPECT_EQ(drain().calls_run, 1u) << "those of the nested drain are not its own";
  EXPECT_THAT(order.all(), ElementsAre("dialog opens", "a", "b", "dialog closes"));
}

TEST_F(DeferredCalls, KeepTheirOrderWhereTheBudgetEndsBehindADialog) {
  settings.calls.budget = 8ms;
  start();
  defer([this](const silex_scope&) {
    drain();
    return SILEX_OK;
  });
  for (const char* name : {"a", "b", "c"}) named(name, 8ms);
  drain();
  named("d");
  drain();
  drain();
  drain();
  EXPECT_THAT(order.all(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(DeferredCalls, ADialogIsWokenForThoseThatWaitBehindIt) {
  start();
  std::uint64_t wakes = 0;
  defer([&](const silex_scope&) {
    wakes = metrics().wakes;
    return SILEX_OK;
  });
  named("waits");
  drain();
  EXPECT_EQ(wakes, 2u);
}

TEST_F(DeferredCalls, ADialogIsWokenForThoseThatComeWhileItIsOpen) {
  start();
  std::uint64_t wakes = 0;
  defer([&](const silex_scope&) {
    std::thread([&] { named("comes"); }).join();
    wakes = metrics().wakes;
    return SILEX_OK;
  });
  drain();
  EXPECT_EQ(wakes, 2u);
}

TEST_F(DeferredCalls, ADialogBehindADialogKeepsTheOrder) {
  start();
  defer([this](const silex_scope&) {
    drain();
    order.add("outer closes");
    return SILEX_OK;
  });
  named("a");
  defer([this](const silex_scope&) {
    drain();
    order.add("inner closes");
    return SILEX_OK;
  });
  named("b");
  drain();
  EXPECT_THAT(order.all(), ElementsAre("a", "b", "inner closes", "outer closes"));
}

TEST_F(DeferredCalls, WhoseTimeIsUpBeforeTheirTurnNeverRun) {
  settings.calls.budget = 1h;
  start();
  named("a", 2s);
  Probe& late = probe();
  late.work.timeout_ns = 1'000'000'000;
  defer(late);
  drain();
  ASSERT_TRUE(late.ended());
  EXPECT_EQ(late.outcome(), SILEX_OUTCOME_TIMED_OUT);
  EXPECT_THAT(late.history(), ElementsAre("done", "release"));
}

TEST_F(DeferredCalls, AWakeThatFailsIsTriedAgainWithTheNextCall) {
  EXPECT_CALL(host, wake).WillOnce(::testing::Return(false)).WillOnce(::testing::Return(true));
  start();
  for (int i = 0; i < 3; ++i) defer();
  EXPECT_EQ(metrics().wakes, 2u);
  EXPECT_EQ(metrics().wakes_failed, 1u);
}

TEST_F(DeferredCalls, AWakeThatTheHostLostIsAskedForAgain) {
  settings.stalls.host_busy = 4ms;
  start();
  defer();
  EXPECT_EQ(metrics().wakes, 1u);
  clock.advance(4ms);
  EXPECT_TRUE(eventually([&] { return metrics().wakes == 2; }));
  clock.advance(4ms);
  EXPECT_TRUE(eventually([&] { return metrics().wakes == 3; }));
}

TEST_F(DeferredCalls, OnesThatCameWhileTheHostWasAttachedAskForAWake) {
  EXPECT_CALL(host, wake).Times(1);
  EXPECT_CALL(host, attach).WillOnce([this](silex_host_mode& mode) {
    defer();
    mode = SILEX_HOST_INTERACTIVE;
    return Status();
  });
  start();
}

TEST_F(DeferredCalls, AStopFromInsideOneEndsIt) {
  start();
  Probe& quits = defer([this](const silex_scope& scope) {
    EXPECT_TRUE(stop().ok());
    EXPECT_TRUE(scope.stop_requested(&scope));
    return SILEX_OK;
  });
  Probe& behind = named("never");
  EXPECT_EQ(drain().calls_run, 1u);
  EXPECT_EQ(drained.code(), SILEX_ERROR_HOST_GONE);
  EXPECT_EQ(quits.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(quits.history(), ElementsAre("done", "run", "release"));
  EXPECT_EQ(behind.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(behind.history(), ElementsAre("done", "release"));
  EXPECT_THAT(order.all(), ElementsAre());
}

TEST_F(DeferredCalls, AStopBehindADialogEndsBothCalls) {
  start();
  Probe& dialog = defer([this](const silex_scope&) {
    drain();
    return SILEX_OK;
  });
  Probe& quits = defer([this](const silex_scope&) {
    EXPECT_TRUE(stop().ok());
    return SILEX_OK;
  });
  Probe& behind = named("never");
  drain();
  EXPECT_EQ(dialog.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(quits.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(behind.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(order.all(), ElementsAre());
}

}  // namespace

}  // namespace silex::test
