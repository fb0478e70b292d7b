// A call that somebody waits for: inline on the main thread, refused on the loop, bounded elsewhere.
#include "runtime/core_test.hpp"

#include <stdexcept>
#include <thread>

namespace silex::test {

namespace {

class CallAndWait : public CoreTest {
 protected:
  // Waits for `call` on a thread of its own.
  std::thread wait_elsewhere(Probe& call) {
    return std::thread([&] { status = core->call_and_wait(call.work); });
  }
  void until_it_is_queued() {
    EXPECT_TRUE(eventually([&] { return metrics().calls_queued == 1; }));
  }
  Status status;  // joined before it is read
};

TEST_F(CallAndWait, OnTheMainThreadRunsInline) {
  start();
  Probe& call = probe();
  EXPECT_TRUE(core->call_and_wait(call.work).ok());
  EXPECT_EQ(call.ran_on(), std::this_thread::get_id());
  EXPECT_THAT(call.history(), ElementsAre("run", "release"));
}

TEST_F(CallAndWait, InlinePassesBesideWhatIsQueued) {
  start();
  Probe& queued = defer();
  Probe& call = probe();
  EXPECT_TRUE(core->call_and_wait(call.work).ok());
  EXPECT_THAT(queued.history(), ElementsAre());
}

TEST_F(CallAndWait, InlineTellsWhatFailed) {
  start();
  Probe& call = probe([](const silex_scope& scope) {
    EXPECT_FALSE(scope.stop_requested(&scope));
    scope.fail(&scope, "no such node", "traceback");
    return SILEX_ERROR_EXCEPTION;
  });
  status = core->call_and_wait(call.work);
  EXPECT_EQ(status.code(), SILEX_ERROR_EXCEPTION);
  EXPECT_STREQ(status.message(), "no such node");
  EXPECT_STREQ(status.detail(), "traceback");
}

TEST_F(CallAndWait, FromAThreadRunsOnTheMainThread) {
  start();
  Probe& call = probe();
  std::thread waiter = wait_elsewhere(call);
  until_it_is_queued();
  drain();
  waiter.join();
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(call.ran_on(), std::this_thread::get_id());
  EXPECT_THAT(call.history(), ElementsAre("run", "release")) << "done() is not for waiters";
}

TEST_F(CallAndWait, IsReleasedWhereThereIsNoRoomForIt) {
  settings.outstanding = 256;
  start();
  for (std::size_t i = 0; i < settings.outstanding; ++i) defer();
  Probe& call = probe();
  std::string why;
  std::thread([&] {
    try {
      static_cast<void>(core->call_and_wait(call.work));
    } catch (const std::length_error& error) {
      why = error.what();
    }
  }).join();
  EXPECT_THAT(why, HasSubstr("256 calls and jobs are outstanding"));
  EXPECT_THAT(call.history(), ElementsAre("release"));
  drain();
}

TEST_F(CallAndWait, FromAWorkerRunsOnTheMainThread) {
  start();
  Probe& call = probe();
  Probe& job = submit([&](const silex_scope&) { return core->call_and_wait(call.work).code(); });
  until_it_is_queued();
  drain();
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_VALUE);
  EXPECT_EQ(call.ran_on(), std::this_thread::get_id());
}

TEST_F(CallAndWait, FromAThreadTellsWhatWasThrown) {
  start();
  Probe& call = probe([](const silex_scope&) -> silex_status { throw std::runtime_error("disk full"); });
  std::thread waiter = wait_elsewhere(call);
  until_it_is_queued();
  drain();
  waiter.join();
  EXPECT_EQ(status.code(), SILEX_ERROR_EXCEPTION);
  EXPECT_STREQ(status.message(), "disk full");
  EXPECT_THAT(call.history(), ElementsAre("run", "release"));
}

TEST_F(CallAndWait, OnTheLoopIsRefused) {
  start();
  Probe& call = probe();
  Probe& first = probe();
  first.on_done = [&] { status = core->call_and_wait(call.work); };
  defer(first);
  drain();
  ASSERT_TRUE(first.ended());
  EXPECT_EQ(status.code(), SILEX_ERROR_WOULD_DEADLOCK);
  EXPECT_THAT(status.message(), HasSubstr("await main_thread() instead"));
  EXPECT_THAT(call.history(), ElementsAre("release"));
}

TEST_F(CallAndWait, GivesUpWhenItsTimeIsUp) {
  start();
  Probe& call = probe();
  call.work.timeout_ns = 1'000'000;
  wait_elsewhere(call).join();
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_EQ(drain().calls_run, 0u);
  EXPECT_THAT(call.history(), ElementsAre("release"));
}

TEST_F(CallAndWait, WhoseTimeIsUpWaitsForACallThatRuns) {
  start();
  Probe& call = probe([&](const silex_scope& scope) {
    EXPECT_TRUE(eventually([&] { return scope.stop_requested(&scope); }));
    return SILEX_OK;
  });
  call.work.timeout_ns = 50'000'000;  // enough to be drained in; if not, it ends in the same way
  std::thread waiter = wait_elsewhere(call);
  EXPECT_TRUE(eventually([&] {
    drain();
    return !call.history().empty();
  }));
  waiter.join();
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_EQ(call.history().back(), "release");
}

TEST_F(CallAndWait, AbandonedWaitsNoLongerThanItsTime) {
  start();
  Signal given_up;
  Probe& call = probe([&](const silex_scope&) {
    EXPECT_TRUE(given_up.wait());
    return SILEX_OK;
  });
  call.work.timeout_ns = 50'000'000;
  call.work.flags = SILEX_WORK_ABANDON;
  std::thread waiter([&] {
    status = core->call_and_wait(call.work);
    given_up.raise();
  });
  EXPECT_TRUE(eventually([&] {
    drain();
    return given_up.is_raised();
  }));
  waiter.join();
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.history().back(), "release");
}

TEST_F(CallAndWait, EndsWhereTheHostGoes) {
  start();
  const std::shared_ptr<Core> stopped = core;
  Probe& call = probe();
  std::thread waiter([&] { status = stopped->call_and_wait(call.work); });
  until_it_is_queued();
  EXPECT_TRUE(stop().ok());
  waiter.join();
  EXPECT_EQ(status.code(), SILEX_ERROR_HOST_GONE);
  EXPECT_THAT(call.history(), ElementsAre("release"));
}

TEST_F(CallAndWait, EndsWhereItsOwnCallStopsTheRuntime) {
  start();
  const std::shared_ptr<Core> stopped = core;
  Probe& call = probe([&](const silex_scope&) {
    EXPECT_TRUE(stop().ok());
    return SILEX_OK;
  });
  std::thread waiter([&] { status = stopped->call_and_wait(call.work); });
  until_it_is_queued();
  drain();
  waiter.join();
  EXPECT_EQ(status.code(), SILEX_ERROR_HOST_GONE);
  ASSERT_TRUE(call.ended());
  EXPECT_THAT(call.history(), ElementsAre("run", "release"));
}

TEST_F(CallAndWait, FromAWorkerEndsWhereTheHostGoes) {
  start();
  const std::shared_ptr<Core> stopped = core;
  Probe& call = probe();
  Probe& job = submit([&](const silex_scope&) {
    status = stopped->call_and_wait(call.work);
    return SILEX_OK;
  });
  until_it_is_queued();
  EXPECT_TRUE(stop().ok());
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(status.code(), SILEX_ERROR_HOST_GONE);
}

TEST_F(CallAndWait, ThatNobodyPumpsSaysSo) {
  ON_CALL(host, attach).WillByDefault(&attach_in_batch_mode);
  settings.no_pump = 4ms;
  start();
  Probe& call = probe();
  std::thread waiter = wait_elsewhere(call);
  until_it_is_queued();
  clock.advance(4ms);
  waiter.join();
  EXPECT_EQ(status.code(), SILEX_ERROR_NO_PUMP);
  ASSERT_TRUE(call.ended());
  EXPECT_THAT(call.history(), ElementsAre("release"));
}

TEST_F(CallAndWait, IsRefusedOnceTheRuntimeHasStopped) {
  start();
  const std::shared_ptr<Core> stopped = core;
  EXPECT_TRUE(stop().ok());
  Probe& call = probe();
  std::thread([&] { status = stopped->call_and_wait(call.work); }).join();
  EXPECT_EQ(status.code(), SILEX_ERROR_HOST_GONE);
  EXPECT_THAT(call.history(), ElementsAre("release"));
}

}  // namespace

}  // namespace silex::test
