// Exactly one outcome per piece of work, and release() after it, whatever happens.
#include "runtime_test.hpp"

#include <latch>
#include <stdexcept>

namespace silex::test {
namespace {

class Outcome : public RuntimeTest {
 protected:
  Outcome() { start(); }
  ~Outcome() override {
    silex_runtime_stop(runtime);
    EXPECT_EQ(0u, ledger.wrong);
    EXPECT_EQ(ledger.accepted, ledger.told());
    EXPECT_EQ(ledger.accepted, ledger.released);
  }
};

TEST_F(Outcome, AValue) {
  ledger.hand_over(runtime, &silex_defer, ledger.work());
  pump_until_told(1);
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_VALUE]);
}

TEST_F(Outcome, AnExceptionOfCppDoesNotGetOut) {
  ledger.hand_over(runtime, &silex_defer,
                   ledger.work([](const silex_scope*) -> silex_status { throw std::runtime_error("no"); }));
  ledger.hand_over(runtime, &silex_defer, ledger.work([](const silex_scope*) -> silex_status { throw 42; }));
  ledger.hand_over(runtime, &silex_submit, ledger.work([](const silex_scope*) -> silex_status { throw 42; }));
  pump_until_told(3);
  EXPECT_EQ(3u, ledger.outcomes[SILEX_OUTCOME_EXCEPTION]);
}

TEST_F(Outcome, AFailureSaysWhatFailSaid) {
  silex_work work{};
  work.size = sizeof work;
  work.run = [](void*, const silex_scope* scope) {
    scope->fail(scope, "no such node", "Traceback: ...");
    return static_cast<silex_status>(SILEX_ERROR_EXCEPTION);
  };
  std::atomic<bool> told = false;
  std::string text;
  std::thread waits([&] {
    EXPECT_EQ(SILEX_ERROR_EXCEPTION, silex_call_and_wait(runtime, &work));
    text = std::string(silex_last_error()->message) + "|" + silex_last_error()->detail;
    told = true;
    silex_pump_notify(runtime);
  });
  const auto is_told = [](void* data) { return static_cast<std::atomic<bool>*>(data)->load(); };
  EXPECT_EQ(SILEX_OK, silex_pump_until(runtime, is_told, &told, SILEX_NONE));
  waits.join();
  EXPECT_EQ("no such node|Traceback: ...", text);
}

TEST_F(Outcome, CancelledBeforeItStartsItNeverRuns) {
  silex_id id = 0;
  ledger.hand_over(runtime, &silex_defer, ledger.work([](const silex_scope*) -> silex_status {
    ADD_FAILURE() << "it ran";
    return SILEX_OK;
  }),
                   &id);
  EXPECT_EQ(SILEX_OK, silex_cancel(runtime, id));
  wait_until_told(1);
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_CANCELLED]);
  EXPECT_EQ(SILEX_ERROR_NOT_FOUND, silex_cancel(runtime, id));
  silex_drain(runtime, nullptr);
}

TEST_F(Outcome, CancelledWhileItRunsItIsAskedToStop) {
  std::latch running(1);
  silex_id id = 0;
  ledger.hand_over(runtime, &silex_submit, ledger.work([&](const silex_scope* scope) -> silex_status {
    running.count_down();
    while (!scope->stop_requested(scope)) std::this_thread::yield();
    return SILEX_ERROR_CANCELLED;
  }),
                   &id);
  running.wait();
  EXPECT_EQ(SILEX_OK, silex_cancel(runtime, id));
  wait_until_told(1);
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_CANCELLED]);
}

TEST_F(Outcome, AValueThatCameInSpiteOfTheCancelIsNotLost) {
  std::latch running(1);
  silex_id id = 0;
  ledger.hand_over(runtime, &silex_submit, ledger.work([&](const silex_scope* scope) -> silex_status {
    running.count_down();
    while (!scope->stop_requested(scope)) std::this_thread::yield();
    return SILEX_OK;
  }),
                   &id);
  running.wait();
  silex_cancel(runtime, id);
  wait_until_told(1);
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_VALUE]);
}

TEST_F(Outcome, ATimeoutBeforeItStarts) {
  silex_work limited = ledger.work([](const silex_scope*) -> silex_status {
    ADD_FAILURE() << "it ran";
    return SILEX_OK;
  });
  limited.timeout_ns = 1'000'000;
  ledger.hand_over(runtime, &silex_defer, limited);
  wait_until_told(1);  // nobody drains
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_TIMED_OUT]);
  silex_drain(runtime, nullptr);
}

TEST_F(Outcome, ATimeoutWhileItRunsIsToldWhenItHasReturned) {
  silex_work limited = ledger.work([](const silex_scope* scope) -> silex_status {
    while (!scope->stop_requested(scope)) std::this_thread::yield();
    return SILEX_OK;
  });
  limited.timeout_ns = 5'000'000;
  ledger.hand_over(runtime, &silex_submit, limited);
  wait_until_told(1);
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_TIMED_OUT]);
}

TEST_F(Outcome, AnAbandonedOneIsToldAtOnceAndReleasedWhenItHasReturned) {
  std::latch running(1);
  std::latch go_on(1);
  silex_work work = ledger.work([&](const silex_scope*) -> silex_status {
    running.count_down();
    go_on.wait();
    return SILEX_OK;
  });
  work.flags = SILEX_WORK_ABANDON;
  silex_id id = 0;
  ledger.hand_over(runtime, &silex_submit, work, &id);
  running.wait();
  silex_cancel(runtime, id);
  while (ledger.told() < 1) std::this_thread::yield();
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_CANCELLED]);
  EXPECT_EQ(0u, ledger.released);
  go_on.count_down();
  wait_until_told(1);
}

TEST_F(Outcome, TheHostGone) {
  for (int i = 0; i < 10; ++i) ledger.hand_over(runtime, &silex_defer, ledger.work());
  EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
  EXPECT_EQ(10u, ledger.outcomes[SILEX_OUTCOME_HOST_GONE]);
  EXPECT_EQ(10u, ledger.released);
}

TEST_F(Outcome, RefusedWorkIsNotTouched) {
  silex_runtime_stop(runtime);
  EXPECT_FALSE(ledger.hand_over(runtime, &silex_defer, ledger.work()));
  EXPECT_FALSE(ledger.hand_over(runtime, &silex_submit, ledger.work()));
  EXPECT_EQ(SILEX_ERROR_NOT_RUNNING, silex_last_error()->code);
}

TEST_F(Outcome, DoneComesOnTheLoop) {
  struct Seen {
    silex_runtime* runtime;
    std::atomic<int> thread{-1};
  } seen{runtime};
  silex_work work{};
  work.size = sizeof work;
  work.data = &seen;
  work.run = [](void*, const silex_scope*) { return static_cast<silex_status>(SILEX_OK); };
  work.done = [](void* data, const silex_completion*) {
    auto& s = *static_cast<Seen*>(data);
    s.thread = silex_current_thread(s.runtime);
  };
  ASSERT_EQ(SILEX_OK, silex_defer(runtime, &work, nullptr));
  silex_drain(runtime, nullptr);
  while (seen.thread < 0) std::this_thread::yield();
  EXPECT_EQ(SILEX_THREAD_LOOP, seen.thread);
}

class Unpumped : public RuntimeTest {};

TEST_F(Unpumped, ACallFailsAndSaysWhoShouldPump) {
  options.no_pump_ns = 20'000'000;
  start();
  silex_work work = ledger.work();
  static_cast<Entry*>(work.data)->dones = 1;
  std::string message;
  std::thread([&] {
    EXPECT_EQ(SILEX_ERROR_NO_PUMP, silex_call_and_wait(runtime, &work));
    message = error();
  }).join();  // this is the main thread, and it waits
  EXPECT_THAT(message, ::testing::HasSubstr("silex_pump_until"));
}

}  // namespace
}  // namespace silex::test
