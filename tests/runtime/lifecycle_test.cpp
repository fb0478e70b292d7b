// A runtime's life through the C ABI: start, stop, again; who may, and from where.
#include "runtime/probe.hpp"

#include <silex/runtime.h>

#include <cstddef>
#include <deque>
#include <string>
#include <thread>
#include <utility>

#include <gmock/gmock.h>

namespace silex::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Lifecycle : public ::testing::Test {
 protected:
  Lifecycle() { runtime = make(); }
  ~Lifecycle() override { EXPECT_EQ(silex_runtime_destroy(runtime), SILEX_OK); }
  silex_runtime* make() {
    silex_options options{};
    options.size = sizeof options;
    options.log_sink = [](void* data, silex_log_level, const char* text) {
      static_cast<Lines*>(data)->add(text);
    };
    options.log_data = &log;
    options.stop_timeout_ns = 20'000'000'000;
    options.drain_budget_ns = 3'600'000'000'000;  // one drain is enough, however slow the machine is
    silex_runtime* made = nullptr;
    EXPECT_EQ(silex_runtime_create(&options, &made), SILEX_OK);
    return made;
  }
  Probe& defer(Probe::Body body = {}) {
    Probe& call = probes_.emplace_back(std::move(body));
    EXPECT_EQ(silex_defer(runtime, &call.work, &call.id), SILEX_OK);
    return call;
  }
  // What the last refusal said.
  static std::string why() { return silex_last_error()->message; }

  Lines log;
  silex_runtime* runtime = nullptr;

 private:
  std::deque<Probe> probes_;
};

TEST_F(Lifecycle, BeginsStopped) {
  EXPECT_FALSE(silex_runtime_is_running(runtime));
  Probe call;
  EXPECT_EQ(silex_defer(runtime, &call.work, nullptr), SILEX_ERROR_NOT_RUNNING);
  EXPECT_THAT(why(), HasSubstr("silex_runtime_start()"));
  EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_ERROR_NOT_RUNNING);
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK) << "there is nothing to do";
}

TEST_F(Lifecycle, StartsAndStopsOnceHoweverOftenItIsAskedTo) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  EXPECT_TRUE(silex_runtime_is_running(runtime));
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  EXPECT_FALSE(silex_runtime_is_running(runtime));
}

TEST_F(Lifecycle, StartsAgainWithFiguresOfItsOwn) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(silex_runtime_start(runtime), SILEX_OK);
    Probe& call = defer();
    ASSERT_EQ(silex_drain(runtime, nullptr), SILEX_OK);
    ASSERT_TRUE(call.ended());
    silex_metrics metrics{};
    metrics.size = sizeof metrics;
    ASSERT_EQ(silex_metrics_read(runtime, &metrics), SILEX_OK);
    EXPECT_EQ(metrics.calls_deferred, 1u);
    ASSERT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  }
}

TEST_F(Lifecycle, TakesTheThreadThatStartsItForTheMainThread) {
  EXPECT_EQ(silex_current_thread(runtime), SILEX_THREAD_OTHER);
  std::thread([&] {
    EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
    EXPECT_EQ(silex_current_thread(runtime), SILEX_THREAD_MAIN);
    EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  }).join();
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  EXPECT_EQ(silex_current_thread(runtime), SILEX_THREAD_MAIN);
}

TEST_F(Lifecycle, IsNotStoppedDrainedOrDestroyedOnAnotherThread) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  std::thread([&] {
    EXPECT_EQ(silex_runtime_stop(runtime), SILEX_ERROR_WRONG_THREAD);
    EXPECT_THAT(why(), HasSubstr("not the host's main thread"));
    EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_ERROR_WRONG_THREAD);
    EXPECT_EQ(silex_pump_until(runtime, nullptr, nullptr, 0), SILEX_ERROR_WRONG_THREAD);
    EXPECT_EQ(silex_runtime_destroy(runtime), SILEX_ERROR_WRONG_THREAD);
  }).join();
  EXPECT_TRUE(silex_runtime_is_running(runtime));
}

TEST_F(Lifecycle, AStopOnAnotherThreadIsRefusedWhileTheMainThreadStops) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  Signal stopping;
  Signal refused;
  struct State {
    silex_runtime* runtime;
    Signal* stopping;
    Signal* refused;
    silex_task_id task;
  } state{runtime, &stopping, &refused, 0};
  const silex_task task{sizeof(silex_task), "keeps the stop", &state, [](void* data) {
                          auto& self = *static_cast<State*>(data);
                          self.stopping->raise();
                          EXPECT_TRUE(self.refused->wait());
                          EXPECT_EQ(silex_task_close(self.runtime, self.task), SILEX_OK);
                        }};
  EXPECT_EQ(silex_task_open(runtime, &task, &state.task), SILEX_OK);
  std::thread other([&] {
    EXPECT_TRUE(stopping.wait());
    EXPECT_EQ(silex_runtime_stop(runtime), SILEX_ERROR_WRONG_THREAD);
    refused.raise();
  });
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  other.join();
}

TEST_F(Lifecycle, RefusesNewWorkWhileItStops) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  Probe late;
  Probe& call = defer();
  call.on_done = [&] {
    EXPECT_FALSE(silex_runtime_is_running(runtime));
    EXPECT_EQ(silex_defer(runtime, &late.work, nullptr), SILEX_ERROR_HOST_GONE);
    EXPECT_EQ(silex_submit(runtime, &late.work, nullptr), SILEX_ERROR_HOST_GONE);
    EXPECT_EQ(silex_post(
                  runtime, 0, [](void*) {}, nullptr),
              SILEX_ERROR_HOST_GONE);
  };
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(late.history(), ElementsAre());
}

// A task whose work is on another thread: only there it learns that it may end.
TEST_F(Lifecycle, AnOpenTaskMayPostItsEndWhileTheRuntimeStops) {
  struct EndsElsewhere {
    silex_runtime* runtime = nullptr;
    silex_task_id id = 0;
    std::thread thread;
    silex_status posted = SILEX_ERROR_EXCEPTION;
  } task;
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  task.runtime = runtime;
  silex_task opened{};
  opened.size = sizeof opened;
  opened.name = "ends elsewhere";
  opened.data = &task;
  opened.cancel = [](void* data) {
    auto& asked = *static_cast<EndsElsewhere*>(data);
    asked.thread = std::thread([&asked] {
      asked.posted = silex_post(
          asked.runtime, asked.id,
          [](void* of) {
            const auto& ended = *static_cast<EndsElsewhere*>(of);
            EXPECT_EQ(silex_task_close(ended.runtime, ended.id), SILEX_OK);
          },
          &asked);
      if (asked.posted != SILEX_OK) silex_task_close(asked.runtime, asked.id);
    });
  };
  EXPECT_EQ(silex_task_open(runtime, &opened, &task.id), SILEX_OK);
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK) << why();
  task.thread.join();
  EXPECT_EQ(task.posted, SILEX_OK);
}

TEST_F(Lifecycle, StopsFromInsideACall) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  Probe& call = defer([&](const silex_scope&) { return silex_runtime_stop(runtime); });
  EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_ERROR_HOST_GONE);
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK) << "and starts again";
}

TEST_F(Lifecycle, StartsAgainFromInsideTheCallThatStoppedIt) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  defer([&](const silex_scope&) {
    EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
    return silex_runtime_start(runtime);
  });
  EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_ERROR_HOST_GONE) << "the drain belongs to the former run";
  Probe& call = defer();
  EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_OK);
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_VALUE);
}

TEST_F(Lifecycle, IsNotDestroyedFromInsideACall) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  Probe& call = defer([&](const silex_scope&) {
    EXPECT_EQ(silex_runtime_destroy(runtime), SILEX_ERROR_BUSY);
    EXPECT_THAT(why(), HasSubstr("from inside one of its deferred calls"));
    EXPECT_TRUE(silex_runtime_is_running(runtime)) << "nothing was to be done";
    return SILEX_OK;
  });
  EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_OK);
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_VALUE);
}

TEST_F(Lifecycle, IsDestroyedWhileItRuns) {
  EXPECT_EQ(silex_runtime_start(runtime), SILEX_OK);
  Probe& call = defer();
  EXPECT_EQ(silex_runtime_destroy(std::exchange(runtime, nullptr)), SILEX_OK);
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(call.history(), ElementsAre("done", "release"));
  EXPECT_EQ(silex_runtime_destroy(nullptr), SILEX_OK);
}

TEST_F(Lifecycle, SharesAProcessWithAnotherOne) {
  silex_runtime* const other = make();
  ASSERT_EQ(silex_runtime_start(runtime), SILEX_OK);
  ASSERT_EQ(silex_runtime_start(other), SILEX_OK);
  Probe& here = defer();
  silex_thread seen_by_other = SILEX_THREAD_LOOP;
  here.on_done = [&] { seen_by_other = silex_current_thread(other); };
  Probe there;
  ASSERT_EQ(silex_defer(other, &there.work, &there.id), SILEX_OK);
  EXPECT_NE(here.id, there.id);
  EXPECT_EQ(silex_cancel(runtime, there.id), SILEX_ERROR_NOT_FOUND);
  EXPECT_EQ(silex_drain(runtime, nullptr), SILEX_OK);
  ASSERT_TRUE(here.ended());
  EXPECT_EQ(seen_by_other, SILEX_THREAD_OTHER);
  EXPECT_THAT(there.history(), ElementsAre());
  EXPECT_EQ(silex_runtime_stop(runtime), SILEX_OK);
  EXPECT_EQ(silex_drain(other, nullptr), SILEX_OK);
  ASSERT_TRUE(there.ended());
  EXPECT_EQ(there.outcome(), SILEX_OUTCOME_VALUE);
  EXPECT_EQ(silex_runtime_destroy(other), SILEX_OK);
}

TEST_F(Lifecycle, FiguresAreReadThroughTheAbiAsFarAsTheCallerKnowsThem) {
  silex_metrics metrics{};
  metrics.size = sizeof metrics;
  EXPECT_EQ(silex_metrics_read(runtime, &metrics), SILEX_ERROR_NOT_RUNNING);
  ASSERT_EQ(silex_runtime_start(runtime), SILEX_OK);
  defer();
  Probe& call = defer();
  ASSERT_EQ(silex_metrics_read(runtime, &metrics), SILEX_OK);
  EXPECT_EQ(metrics.calls_queued, 2u);
  ASSERT_EQ(silex_drain(runtime, nullptr), SILEX_OK);
  ASSERT_TRUE(call.ended());
  ASSERT_EQ(silex_metrics_read(runtime, &metrics), SILEX_OK);
  EXPECT_EQ(metrics.size, sizeof metrics);
  EXPECT_EQ(metrics.calls_queued, 0u);
  EXPECT_EQ(metrics.calls_deferred, 2u);
  EXPECT_EQ(metrics.call_outcomes[SILEX_OUTCOME_VALUE], 2u);
  EXPECT_EQ(metrics.drains, 1u);
  EXPECT_EQ(metrics.call_wait.count, 2u);
  EXPECT_EQ(metrics.call_run.count, 2u);
  EXPECT_GE(metrics.call_wait.max_ns, metrics.call_wait.sum_ns / 2);
  EXPECT_EQ(metrics.wakes, 0u) << "there is no adapter to ask";

  silex_metrics older{};
  older.size = offsetof(silex_metrics, call_outcomes);
  ASSERT_EQ(silex_metrics_read(runtime, &older), SILEX_OK);
  EXPECT_EQ(older.calls_deferred, 2u);
  EXPECT_EQ(older.call_outcomes[SILEX_OUTCOME_VALUE], 0u) << "written behind the end that the caller knows";
  older.size = 0;
  EXPECT_EQ(silex_metrics_read(runtime, &older), SILEX_ERROR_INVALID_ARGUMENT);
}

}  // namespace

}  // namespace silex::test
