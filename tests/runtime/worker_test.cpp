// Jobs on the workers: a bounded queue, threads started when they are needed, and how a stop ends them.
#include "runtime/core_test.hpp"

#include <atomic>
#include <thread>

#include <pthread.h>

namespace silex::test {

namespace {

class Workers : public CoreTest {
 protected:
  // A job that holds its worker until the test lets go, or the request to stop comes.
  Probe& hold() {
    return submit([this](const silex_scope& scope) {
      ++holding;
      EXPECT_TRUE(eventually([&] { return let_go || scope.stop_requested(&scope); }));
      --holding;
      return scope.stop_requested(&scope) ? SILEX_ERROR_CANCELLED : SILEX_OK;
    });
  }
  [[nodiscard]] bool held(int jobs) {
    return eventually([&] { return holding == jobs; });
  }
  std::atomic<int> holding{0};
  std::atomic<bool> let_go{false};
};

TEST_F(Workers, RunAJobAndTellItsEndOnTheLoop) {
  start();
  silex_thread ran_as = SILEX_THREAD_OTHER;
  silex_thread told_on = SILEX_THREAD_OTHER;
  Probe& job = probe([&](const silex_scope&) {
    ran_as = core->current_thread();
    return SILEX_OK;
  });
  job.on_done = [&] { told_on = core->current_thread(); };
  submit(job);
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_VALUE);
  EXPECT_EQ(ran_as, SILEX_THREAD_WORKER);
  EXPECT_EQ(told_on, SILEX_THREAD_LOOP);
  EXPECT_THAT(job.history(), ElementsAre("run", "done", "release"));
}

TEST_F(Workers, TellWhatAJobThrew) {
  start();
  Probe& job = submit([](const silex_scope&) -> silex_status { throw std::runtime_error("disk full"); });
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_EXCEPTION);
  EXPECT_EQ(job.message(), "disk full");
}

TEST_F(Workers, AreNotStartedWithoutAJob) {
  start();
  EXPECT_EQ(metrics().worker_threads, 0u);
}

TEST_F(Workers, AreReused) {
  settings.workers = 8;
  start();
  for (int i = 0; i < 10; ++i) {
    Probe& job = submit();
    ASSERT_TRUE(job.ended());
    // It is idle again when its next job would find it so.
    ASSERT_TRUE(eventually([&] { return metrics().jobs_queued == 0; }));
  }
  EXPECT_LE(metrics().worker_threads, 8u);
  EXPECT_GE(metrics().worker_threads, 1u);
}

TEST_F(Workers, AreStartedUpToTheMaximumAndNoFurther) {
  settings.workers = 3;
  start();
  for (int i = 1; i <= 3; ++i) {
    hold();
    ASSERT_TRUE(held(i));
    EXPECT_EQ(metrics().worker_threads, static_cast<std::uint32_t>(i));
  }
  for (int i = 0; i < 5; ++i) hold();
  EXPECT_EQ(metrics().worker_threads, 3u);
  EXPECT_EQ(metrics().jobs_queued, 5u);
  let_go = true;
}

// The one that is idle can't be what both count on.
TEST_F(Workers, TwoJobsHandedInAtOnceBothRun) {
  for (int i = 0; i < 200; ++i) {
    start();
    ASSERT_TRUE(submit().ended());
    std::atomic<int> met{0};
    std::atomic<int> ready{0};
    const auto meet = [&](const silex_scope&) {
      ++met;
      return eventually([&] { return met == 2; }) ? SILEX_OK : SILEX_ERROR_BUSY;
    };
    Probe& first = probe(meet);
    Probe& second = probe(meet);
    const auto hand_in = [&](Probe& job) {
      ++ready;
      while (ready != 2) platform::yield();
      submit(job);
    };
    std::thread other([&] { hand_in(second); });
    hand_in(first);
    other.join();
    ASSERT_TRUE(first.ended());
    ASSERT_TRUE(second.ended());
    ASSERT_EQ(first.outcome(), SILEX_OUTCOME_VALUE);
    ASSERT_EQ(second.outcome(), SILEX_OUTCOME_VALUE);
    ASSERT_TRUE(stop().ok());
  }
}

TEST_F(Workers, CarryNamesThatDebuggersShow) {
  settings.workers = 1;
  start();
  char name[16] = "";
  Probe& job = submit([&](const silex_scope&) {
    pthread_getname_np(pthread_self(), name, sizeof name);
    return SILEX_OK;
  });
  ASSERT_TRUE(job.ended());
  EXPECT_STREQ(name, "silex-worker-0");
}

TEST_F(Workers, RefuseAJobWhereTheQueueIsFullAndSayHowFull) {
  settings.workers = 1;
  settings.worker_queue = 2;
  start();
  hold();
  ASSERT_TRUE(held(1));
  hold();
  hold();
  Probe& refused = probe();
  const Status status = core->submit(refused.work, &refused.id);
  EXPECT_EQ(status.code(), SILEX_ERROR_QUEUE_FULL);
  EXPECT_STREQ(status.message(),
               "the workers' queue is full with 2 jobs: wait for some to end, or raise worker_queue");
  EXPECT_EQ(metrics().jobs_submitted, 3u);
  let_go = true;
  EXPECT_TRUE(stop().ok());
  EXPECT_THAT(refused.history(), ElementsAre());
}

// Its timeout may pass while it is being refused: then either nothing is called, or it was accepted after
// all.
TEST_F(Workers, ARefusedJobWhoseTimeIsUpIsNotTold) {
  settings.workers = 1;
  settings.worker_queue = 1;
  start();
  hold();
  ASSERT_TRUE(held(1));
  hold();
  for (int i = 0; i < 2000; ++i) {
    Probe& job = probe();
    job.work.timeout_ns = 1;
    clock.advance_with_each_look(1ns);
    if (core->submit(job.work, &job.id).ok()) {
      ASSERT_TRUE(job.ended());
      ASSERT_EQ(job.outcome(), SILEX_OUTCOME_TIMED_OUT);
      ASSERT_THAT(job.history(), ElementsAre("done", "release"));
    } else {
      ASSERT_THAT(job.history(), ElementsAre());
    }
  }
  let_go = true;
  EXPECT_TRUE(stop().ok());
}

TEST_F(Workers, NeverRunAJobThatWasWithdrawn) {
  settings.workers = 1;
  start();
  hold();
  ASSERT_TRUE(held(1));
  Probe& job = submit();
  EXPECT_TRUE(core->cancel(job.id).ok());
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_CANCELLED);
  let_go = true;
  EXPECT_TRUE(stop().ok());
  EXPECT_THAT(job.history(), ElementsAre("done", "release"));
}

TEST_F(Workers, AskAJobThatRunsToStop) {
  start();
  Probe& job = hold();
  ASSERT_TRUE(held(1));
  EXPECT_TRUE(core->cancel(job.id).ok());
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_CANCELLED);
  EXPECT_THAT(job.history(), ElementsAre("run", "done", "release"));
  EXPECT_EQ(core->cancel(job.id).code(), SILEX_ERROR_NOT_FOUND);
}

TEST_F(Workers, NeverRunAJobWhoseTimeWasUp) {
  settings.workers = 1;
  start();
  hold();
  ASSERT_TRUE(held(1));
  Probe& job = probe();
  job.work.timeout_ns = 1'000'000'000;
  submit(job);
  clock.advance(1s);
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_TIMED_OUT);
  let_go = true;
  EXPECT_TRUE(stop().ok());
  EXPECT_THAT(job.history(), ElementsAre("done", "release"));
}

TEST_F(Workers, AbandonAJobWhoseTimeIsUp) {
  start();
  Probe& job = probe([this](const silex_scope&) {
    EXPECT_TRUE(eventually([&] { return let_go.load(); }));
    return SILEX_OK;
  });
  job.work.timeout_ns = 1'000'000'000;
  job.work.flags = SILEX_WORK_ABANDON;
  job.on_done = [this] { let_go = true; };
  submit(job);
  ASSERT_TRUE(eventually([&] { return metrics().jobs_queued == 0; }));
  clock.advance(1s);
  ASSERT_TRUE(job.ended());
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_TIMED_OUT);
  EXPECT_EQ(job.history().back(), "release");
}

TEST_F(Workers, AStopEndsTheJobsThatWaitAndAsksThoseThatRun) {
  settings.workers = 1;
  start();
  Probe& runs = hold();
  ASSERT_TRUE(held(1));
  Probe& waits = submit();
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(runs.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_EQ(runs.code(), SILEX_ERROR_HOST_GONE);
  EXPECT_THAT(runs.history(), ElementsAre("run", "done", "release"));
  EXPECT_EQ(waits.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(waits.history(), ElementsAre("done", "release"));
}

TEST_F(Workers, AStopLeavesAJobBehindThatIgnoresTheRequest) {
  settings.stop_timeout = 20ms;
  start();
  Probe& job = submit([this](const silex_scope&) {
    ++holding;
    EXPECT_TRUE(eventually([&] { return let_go.load(); }));
    return SILEX_OK;
  });
  Signal told;
  job.on_done = [&] { told.raise(); };
  ASSERT_TRUE(held(1));
  const Status status = stop();
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_THAT(status.message(), HasSubstr("a job held its worker for more than 20 ms"));
  ASSERT_TRUE(told.wait());
  EXPECT_THAT(log(), ::testing::Contains("3: " + std::string(status.message())));
  EXPECT_EQ(job.outcome(), SILEX_OUTCOME_HOST_GONE);
  EXPECT_THAT(job.history(), ElementsAre("done")) << "told while it still runs, and not released";
  let_go = true;
  ASSERT_TRUE(job.ended());
  EXPECT_THAT(job.history(), ElementsAre("done", "run", "release"));
}

}  // namespace

}  // namespace silex::test
