// Start, stop, threads and bounds, as an embedder meets them.
#include "runtime_test.hpp"

#include <latch>

#if defined(__linux__)
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace silex::test {
namespace {

using ::testing::HasSubstr;

class Lifecycle : public RuntimeTest {};

TEST_F(Lifecycle, StartAndStopMayBeRepeatedAndDoubled) {
  for (int i = 0; i < 3; ++i) {
    start();
    start();
    EXPECT_TRUE(silex_runtime_is_running(runtime));
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    EXPECT_FALSE(silex_runtime_is_running(runtime));
  }
}

TEST_F(Lifecycle, StopDrainAndPumpBelongToTheMainThread) {
  start();
  std::thread([&] {
    EXPECT_EQ(SILEX_ERROR_WRONG_THREAD, silex_runtime_stop(runtime));
    EXPECT_EQ(SILEX_ERROR_WRONG_THREAD, silex_drain(runtime, nullptr));
    EXPECT_EQ(SILEX_ERROR_WRONG_THREAD, silex_pump_until(runtime, nullptr, nullptr, 0));
  }).join();
  EXPECT_TRUE(silex_runtime_is_running(runtime));
}

TEST_F(Lifecycle, StopFromInsideADeferredCallTellsEveryWaiter) {
  start();
  for (int i = 0; i < 3; ++i) {
    ledger.hand_over(runtime, &silex_defer, ledger.work([&](const silex_scope*) -> silex_status {
      EXPECT_EQ(SILEX_ERROR_BUSY, silex_runtime_destroy(runtime));
      EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
      return SILEX_OK;
    }));
  }
  EXPECT_EQ(SILEX_ERROR_HOST_GONE, silex_drain(runtime, nullptr));
  EXPECT_EQ(3u, ledger.outcomes[SILEX_OUTCOME_HOST_GONE]);
  EXPECT_EQ(3u, ledger.released);
  EXPECT_EQ(0u, ledger.wrong);
  start();  // and it may start again
}

TEST_F(Lifecycle, TwoRuntimesLiveSideBySide) {
  start();
  silex_runtime* other = nullptr;
  ASSERT_EQ(SILEX_OK, silex_runtime_create(&options, &other));
  ASSERT_EQ(SILEX_OK, silex_runtime_start(other));
  ledger.hand_over(other, &silex_submit, ledger.work([&](const silex_scope*) -> silex_status {
    EXPECT_EQ(SILEX_THREAD_WORKER, silex_current_thread(other));
    EXPECT_EQ(SILEX_THREAD_OTHER, silex_current_thread(runtime));
    return SILEX_OK;
  }));
  wait_until_told(1);
  EXPECT_EQ(SILEX_OK, silex_runtime_destroy(other));
  EXPECT_TRUE(silex_runtime_is_running(runtime));
}

TEST_F(Lifecycle, AJobThatDoesNotEndIsLeftBehindAndSaid) {
  options.stop_timeout_ns = 20'000'000;
  start();
  auto running = std::make_shared<std::latch>(1);
  auto go_on = std::make_shared<std::latch>(1);
  ledger.hand_over(runtime, &silex_submit, ledger.work([=](const silex_scope*) -> silex_status {
    running->count_down();
    go_on->wait();
    return SILEX_OK;
  }));
  running->wait();
  EXPECT_EQ(SILEX_ERROR_TIMED_OUT, silex_runtime_stop(runtime));
  EXPECT_THAT(error(), HasSubstr("a job held its worker"));
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_HOST_GONE]);
  go_on->count_down();
  wait_until_told(1);  // released by the thread that was left behind
}

TEST_F(Lifecycle, ATaskThatHoldsTheLoopIsNamedByStop) {
  options.stop_timeout_ns = 20'000'000;
  start();
  struct Held {
    std::latch running{1};
    std::latch go_on{1};
    std::atomic<bool> ended{false};
  } held;
  silex_task task{};
  task.size = sizeof task;
  task.name = "bake";
  silex_task_id id = 0;
  ASSERT_EQ(SILEX_OK, silex_task_open(runtime, &task, &id));
  silex_post(
      runtime, id,
      [](void* data) {
        auto& h = *static_cast<Held*>(data);
        h.running.count_down();
        h.go_on.wait();
        h.ended = true;
      },
      &held);
  held.running.wait();
  EXPECT_EQ(SILEX_ERROR_TIMED_OUT, silex_runtime_stop(runtime));
  EXPECT_THAT(error(), HasSubstr("task 'bake' held the event loop"));
  held.go_on.count_down();
  while (!held.ended) std::this_thread::yield();
}

TEST_F(Lifecycle, ATaskThatIsNeverClosedIsGivenUp) {
  options.stop_timeout_ns = 20'000'000;
  start();
  silex_task task{};
  task.size = sizeof task;
  task.name = "forgotten";
  silex_task_id id = 0;
  ASSERT_EQ(SILEX_OK, silex_task_open(runtime, &task, &id));
  EXPECT_EQ(SILEX_ERROR_TIMED_OUT, silex_runtime_stop(runtime));
  EXPECT_THAT(error(), HasSubstr("1 open task(s) kept the event loop"));
}

TEST_F(Lifecycle, TimersAndPostsAreToldOfTheEnd) {
  start();
  std::vector<silex_status> reasons;
  silex_timer timer{};
  timer.size = sizeof timer;
  timer.delay_ns = 3'600'000'000'000;
  timer.data = &reasons;
  timer.fired = [](void* data, silex_status reason) {
    static_cast<std::vector<silex_status>*>(data)->push_back(reason);
  };
  silex_id cancelled = 0;
  ASSERT_EQ(SILEX_OK, silex_timer_start(runtime, &timer, &cancelled));
  ASSERT_EQ(SILEX_OK, silex_timer_start(runtime, &timer, nullptr));
  EXPECT_EQ(SILEX_OK, silex_cancel(runtime, cancelled));
  EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
  EXPECT_THAT(reasons, ::testing::ElementsAre(SILEX_ERROR_CANCELLED, SILEX_ERROR_HOST_GONE));
}

TEST_F(Lifecycle, TheWorkersQueueIsBoundedAndSaysSo) {
  options.workers = 1;
  options.worker_queue = 2;
  start();
  std::latch running(1);
  std::latch go_on(1);
  ledger.hand_over(runtime, &silex_submit, ledger.work([&](const silex_scope*) -> silex_status {
    running.count_down();
    go_on.wait();
    return SILEX_OK;
  }));
  running.wait();
  EXPECT_TRUE(ledger.hand_over(runtime, &silex_submit, ledger.work()));
  EXPECT_TRUE(ledger.hand_over(runtime, &silex_submit, ledger.work()));
  EXPECT_FALSE(ledger.hand_over(runtime, &silex_submit, ledger.work()));
  EXPECT_EQ(SILEX_ERROR_QUEUE_FULL, silex_last_error()->code);
  EXPECT_THAT(error(), HasSubstr("full with 2 jobs"));
  go_on.count_down();
  wait_until_told(3);
  silex_metrics metrics{};
  metrics.size = sizeof metrics;
  ASSERT_EQ(SILEX_OK, silex_metrics_read(runtime, &metrics));
  EXPECT_EQ(1u, metrics.worker_threads);
  EXPECT_EQ(3u, metrics.jobs_submitted);
}

TEST_F(Lifecycle, MetricsCountWhatHappened) {
  start();
  for (int i = 0; i < 5; ++i) ledger.hand_over(runtime, &silex_defer, ledger.work());
  silex_metrics metrics{};
  metrics.size = sizeof metrics;
  ASSERT_EQ(SILEX_OK, silex_metrics_read(runtime, &metrics));
  EXPECT_EQ(5u, metrics.calls_queued);
  pump_until_told(5);
  ASSERT_EQ(SILEX_OK, silex_metrics_read(runtime, &metrics));
  EXPECT_EQ(0u, metrics.calls_queued);
  EXPECT_EQ(5u, metrics.calls_deferred);
  EXPECT_EQ(5u, metrics.call_outcomes[SILEX_OUTCOME_VALUE]);
  EXPECT_EQ(5u, metrics.call_wait.count);
  EXPECT_EQ(5u, metrics.call_run.count);
  EXPECT_GE(metrics.drains, 1u);
}

TEST_F(Lifecycle, AnExceptionOutOfACallbackIsLoggedUnderTheTasksName) {
  start();
  silex_task task{};
  task.size = sizeof task;
  task.name = "callback";
  silex_task_id id = 0;
  ASSERT_EQ(SILEX_OK, silex_task_open(runtime, &task, &id));
  silex_post(
      runtime, id, [](void*) { throw std::runtime_error("oops"); }, nullptr);
  silex_task_close(runtime, id);
  EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
  ASSERT_EQ(1u, log().size());
  EXPECT_THAT(log()[0].second, ::testing::AllOf(HasSubstr("task 'callback'"), HasSubstr("oops")));
}

#if defined(__linux__)
TEST_F(Lifecycle, WorkersAreNamed) {
  start();
  std::string name;
  ledger.hand_over(runtime, &silex_submit, ledger.work([&](const silex_scope*) -> silex_status {
    char text[16];
    pthread_getname_np(pthread_self(), text, sizeof text);
    name = text;
    return SILEX_OK;
  }));
  wait_until_told(1);
  EXPECT_EQ("silex-worker-0", name);
}

#if !defined(__SANITIZE_THREAD__)  // which can't follow a fork of a process with threads
TEST_F(Lifecycle, InAForkEveryCallSaysSoAndANewRuntimeWorks) {
  start();
  ledger.hand_over(runtime, &silex_submit, ledger.work());
  const pid_t child = fork();
  if (child == 0) {
    int failed = 0;
    silex_work work = ledger.work();
    failed += silex_defer(runtime, &work, nullptr) != SILEX_ERROR_FORKED;
    failed += silex_runtime_start(runtime) != SILEX_ERROR_FORKED;
    failed += silex_drain(runtime, nullptr) != SILEX_ERROR_FORKED;
    failed += silex_runtime_is_running(runtime);
    failed += silex_runtime_stop(runtime) != SILEX_OK;
    failed += silex_runtime_destroy(runtime) != SILEX_OK;
    silex_runtime* fresh = nullptr;
    failed += silex_runtime_create(nullptr, &fresh) != SILEX_OK;
    failed += silex_runtime_start(fresh) != SILEX_OK;
    failed += silex_call_and_wait(fresh, &work) != SILEX_OK;
    failed += silex_runtime_destroy(fresh) != SILEX_OK;
    _exit(failed);
  }
  int status = -1;
  ASSERT_EQ(child, waitpid(child, &status, 0));
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(0, WEXITSTATUS(status));
  wait_until_told(1);
  EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
}
#endif
#endif

}  // namespace
}  // namespace silex::test
