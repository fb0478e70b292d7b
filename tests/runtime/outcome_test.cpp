// Every accepted call or job ends in exactly one of five ways, told once, and is released last.
#include "runtime/core_test.hpp"

#include <stdexcept>
#include <thread>

namespace silex::test {

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

using DeferredCall = CoreTest;

TEST_F(DeferredCall, EndsWithItsValue) {
  start();
  Probe& call = defer();
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_VALUE);
  EXPECT_EQ(call.code(), SILEX_OK) << "an error came with the value";
  EXPECT_THAT(call.history(), ElementsAre("run", "done", "release"));
}

TEST_F(DeferredCall, ThatFailsTellsItsOwnText) {
  start();
  Probe& call = defer([](const silex_scope& scope) {
    scope.fail(&scope, "no such node: pCube1", "line 1\nline 2");
    return SILEX_ERROR_EXCEPTION;
  });
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_EXCEPTION);
  EXPECT_EQ(call.code(), SILEX_ERROR_EXCEPTION);
  EXPECT_EQ(call.message(), "no such node: pCube1");
  EXPECT_EQ(call.detail(), "line 1\nline 2");
  EXPECT_THAT(call.history(), ElementsAre("run", "done", "release"));
}

TEST_F(DeferredCall, ThatFailsWithoutTextIsNamedWithItsStatus) {
  start();
  Probe& call = probe([](const silex_scope&) { return SILEX_ERROR_BUSY; });
  call.work.name = "list the selection";
  defer(call);
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_EXCEPTION);
  EXPECT_EQ(call.message(), "'list the selection' returned status 13");
}

TEST_F(DeferredCall, ThatThrowsFailsWithTheTextOfTheException) {
  start();
  Probe& call = defer([](const silex_scope&) -> silex_status { throw std::runtime_error("disk full"); });
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_EXCEPTION);
  EXPECT_EQ(call.message(), "disk full");
}

TEST_F(DeferredCall, ThatThrowsSomethingElseFailsToo) {
  start();
  Probe& call = defer([](const silex_scope&) -> silex_status { throw 42; });
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_EXCEPTION);
  EXPECT_EQ(call.message(), "'probe' threw something that is not a std::exception");
}

TEST_F(DeferredCall, IsToldOnTheLoop) {
  start();
  Probe& call = probe();
  silex_thread told_on = SILEX_THREAD_OTHER;
  call.on_done = [&] { told_on = core->current_thread(); };
  defer(call);
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(told_on, SILEX_THREAD_LOOP);
}

TEST_F(DeferredCall, NeedsNeitherDoneNorRelease) {
  start();
  Probe& call = probe();
  call.work.done = nullptr;
  call.work.release = nullptr;
  defer(call);
  EXPECT_EQ(drain().calls_run, 1u);
  EXPECT_TRUE(stop().ok());
  EXPECT_THAT(call.history(), ElementsAre("run"));
}

TEST_F(DeferredCall, WhoseTimePassesBeforeItStartsNeverRuns) {
  start();
  Probe& call = probe();
  call.work.timeout_ns = kSecond;
  defer(call);
  clock.advance(999ms);
  EXPECT_THAT(call.history(), ElementsAre());
  clock.advance(1ms);
  ASSERT_TRUE(call.ended()) << "the loop tells it, without any drain";
  EXPECT_EQ(drain().calls_run, 0u);
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_TIMED_OUT);
  EXPECT_EQ(call.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_THAT(call.history(), ElementsAre("done", "release"));
}

TEST_F(DeferredCall, WhoseTimePassesWhileItRunsSeesTheRequestAndTimesOut) {
  start();
  Probe& call = probe([&](const silex_scope& scope) {
    clock.advance(1s);
    EXPECT_TRUE(eventually([&] { return scope.stop_requested(&scope); }));
    return SILEX_OK;
  });
  call.work.timeout_ns = kSecond;
  defer(call);
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_TIMED_OUT);
  EXPECT_THAT(call.message(), HasSubstr("'probe' ended after its timeout"));
  EXPECT_THAT(call.history(), ElementsAre("run", "done", "release"));
}

TEST_F(DeferredCall, ThatEndsInTimeIsNotTimedOutLater) {
  start();
  Probe& call = probe();
  call.work.timeout_ns = kSecond;
  defer(call);
  drain();
  ASSERT_TRUE(call.ended());
  Probe& successor = defer();  // in the same place of the store
  clock.advance(10s);
  EXPECT_EQ(drain().calls_run, 1u);
  ASSERT_TRUE(successor.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_VALUE);
  EXPECT_EQ(successor.outcome(), SILEX_OUTCOME_VALUE);
}

TEST_F(DeferredCall, WithoutTimeoutWaitsForEver) {
  for (const std::uint64_t none : {std::uint64_t{0}, SILEX_NONE}) {
    if (!core) start();
    Probe& call = probe();
    call.work.timeout_ns = none;
    defer(call);
    clock.advance(24h);
    EXPECT_EQ(drain().calls_run, 1u);
    ASSERT_TRUE(call.ended());
    EXPECT_EQ(call.outcome(), SILEX_OUTCOME_VALUE);
  }
}

TEST_F(DeferredCall, AbandonedByItsTimeoutIsToldWhileItStillRuns) {
  start();
  Probe* call = &probe([&](const silex_scope&) {
    clock.advance(1s);
    EXPECT_TRUE(eventually([&] { return !call->history().empty(); }));
    return SILEX_OK;
  });
  call->work.flags = SILEX_WORK_ABANDON;
  call->work.timeout_ns = kSecond;
  defer(*call);
  drain();
  ASSERT_TRUE(call->ended());
  EXPECT_EQ(call->outcome(), SILEX_OUTCOME_TIMED_OUT);
  EXPECT_THAT(call->history(), ElementsAre("done", "run", "release"));
}

TEST_F(DeferredCall, ThatWaitsWhileTheRuntimeStopsIsToldThatTheHostIsGone) {
  start();
  Probe& call = defer();
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(call.code(), SILEX_ERROR_HOST_GONE);
  EXPECT_THAT(call.history(), ElementsAre("done", "release"));
}

TEST_F(DeferredCall, RefusedTouchesNothing) {
  start();
  const std::shared_ptr<Core> stopped = core;
  EXPECT_TRUE(stop().ok());
  Probe& call = probe();
  call.work.timeout_ns = kSecond;
  EXPECT_EQ(stopped->defer(call.work, &call.id).code(), SILEX_ERROR_HOST_GONE);
  EXPECT_EQ(stopped->submit(call.work, &call.id).code(), SILEX_ERROR_HOST_GONE);
  EXPECT_THAT(call.history(), ElementsAre());
}

TEST_F(DeferredCall, ThatNobodyPumpsFailsAndSaysSo) {
  ON_CALL(host, attach).WillByDefault(&attach_in_batch_mode);
  settings.no_pump = 4ms;
  start();
  Probe& call = defer();
  clock.advance(4ms);
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(call.code(), SILEX_ERROR_NO_PUMP);
  EXPECT_THAT(call.message(), HasSubstr("silex_pump_until()"));
  EXPECT_EQ(drain().calls_run, 0u);
  EXPECT_TRUE(eventually([&] { return !log().empty(); }));
  EXPECT_THAT(log(), ::testing::Contains(HasSubstr("1 deferred call(s) failed")));
}

TEST_F(DeferredCall, BehindOneThatRunsIsNotUnpumped) {
  ON_CALL(host, attach).WillByDefault(&attach_in_batch_mode);
  settings.no_pump = settings.stalls.host_busy = 4ms;
  start();
  defer([&](const silex_scope&) {
    clock.advance(1h);
    event(SILEX_EVENT_HOST_BUSY);  // the watchdog has looked
    return SILEX_OK;
  });
  Probe& call = defer();
  drain();
  drain();
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_VALUE);
}

TEST_F(DeferredCall, IsCountedByItsOutcome) {
  start();
  defer();
  defer([](const silex_scope&) { return SILEX_ERROR_EXCEPTION; });
  Probe& cancelled = defer();
  EXPECT_TRUE(core->cancel(cancelled.id).ok());
  Probe& late = probe();
  late.work.timeout_ns = kSecond;
  defer(late);
  clock.advance(1s);
  ASSERT_TRUE(late.ended());
  drain();
  defer();
  const std::shared_ptr<Core> stopped = core;
  EXPECT_TRUE(stop().ok());
  silex_metrics read{};
  stopped->read(read);
  EXPECT_THAT(read.call_outcomes, ElementsAre(1, 1, 1, 1, 1));
  EXPECT_EQ(read.calls_deferred, 5u);
}

}  // namespace

}  // namespace silex::test
