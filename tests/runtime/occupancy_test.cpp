// What the threads are busy with: sums per task, interval by interval.
#include "core_test.hpp"
#include "runtime/busy_times.hpp"
#include "runtime/occupancy_sampler.hpp"

#include <map>

namespace silex::test {
namespace {

using Lane = OccupancySampler::Lane;

TimePoint at(Duration since_begin) {
  return TimePoint(std::chrono::hours(1) + since_begin);
}

std::map<silex_task_id, Duration> by_task(const LaneReport& lane) {
  std::map<silex_task_id, Duration> sums;
  for (const auto& row : lane.tasks) sums[row.task] += row.busy;
  return sums;
}
using Sums = std::map<silex_task_id, Duration>;

TEST(BusyTimes, CostNothingUntilTheyAreWanted) {
  BusyTimes times;
  times.add(1, 5ms);
  EXPECT_TRUE(times.take().empty());
}

TEST(BusyTimes, AddUpPerTaskUntilTheyAreTaken) {
  BusyTimes times;
  times.turn_on();
  times.add(7, 1ms);
  times.add(8, 2ms);
  times.add(7, 3ms);
  times.add(0, 4ms);
  Sums sums;
  for (const auto& entry : times.take()) sums[entry.task] = entry.busy;
  EXPECT_EQ(sums, (Sums{{0, 4ms}, {7, 4ms}, {8, 2ms}}));
  EXPECT_TRUE(times.take().empty());
}

TEST(BusyTimes, WhatFindsNoRoomIsNobodysAndNotLost) {
  BusyTimes times;
  times.turn_on();
  for (silex_task_id task = 1; task <= 5000; ++task) times.add(task, 1ms);
  Duration sum{};
  const auto entries = times.take();
  for (const auto& entry : entries) sum += entry.busy;
  EXPECT_EQ(sum, 5000ms);
  EXPECT_LE(entries.size(), 513U);
}

class SamplerTest : public ::testing::Test {
 protected:
  // The first one only begins.
  void SetUp() override { EXPECT_FALSE(sample(0ms, {})); }
  bool sample(Duration when, const Lane& loop, std::size_t calls_waiting = 0) {
    report = {};
    report.calls_waiting = calls_waiting;
    return sampler.sample(at(when), loop, {}, {}, report);
  }
  OccupancySampler sampler{500ms};
  OccupancyReport report;
};

TEST_F(SamplerTest, IsDueEveryInterval) {
  EXPECT_FALSE(sampler.is_due(at(499ms)));
  EXPECT_TRUE(sampler.is_due(at(500ms)));
}

TEST_F(SamplerTest, NothingIsToldWhileNothingHappens) {
  EXPECT_FALSE(sample(500ms, {}));
  EXPECT_FALSE(sample(1000ms, {{{1, 100us}}, {}}));  // less than anybody would see
  EXPECT_TRUE(sample(1500ms, {{{1, 20ms}}, {}}));
  EXPECT_EQ(report.loop.busy, 20ms);
  EXPECT_EQ(report.interval, 500ms);
  EXPECT_TRUE(sample(2000ms, {}));  // that it is over
  EXPECT_EQ(report.loop.busy, 0ms);
  EXPECT_FALSE(sample(2500ms, {}));
  EXPECT_TRUE(sample(3000ms, {}, 3));  // calls wait
}

TEST_F(SamplerTest, WhatRunsCountsUpToNowAndOnlyOnce) {
  EXPECT_TRUE(sample(500ms, {{}, {{1, at(300ms)}}}));
  EXPECT_EQ(by_task(report.loop), (Sums{{1, 200ms}}));
  EXPECT_TRUE(sample(1000ms, {{}, {{1, at(300ms)}}}));
  EXPECT_EQ(by_task(report.loop), (Sums{{1, 500ms}}));
  // It ended at 1100 ms, and something else of it began.
  EXPECT_TRUE(sample(1500ms, {{{1, 800ms}}, {{1, at(1450ms)}}}));
  EXPECT_EQ(by_task(report.loop), (Sums{{1, 150ms}}));
  EXPECT_TRUE(sample(2000ms, {{{1, 100ms}}, {}}));
  EXPECT_EQ(by_task(report.loop), (Sums{{1, 50ms}}));
}

TEST_F(SamplerTest, WhatEndsBetweenTheTwoLooksIsToldInTheNextSample) {
  EXPECT_TRUE(sample(500ms, {{}, {{1, at(400ms)}}}));
  EXPECT_TRUE(sample(1000ms, {}));  // it has ended, and its time was not there yet
  EXPECT_EQ(report.loop.busy, 0ms);
  EXPECT_TRUE(sample(1500ms, {{{1, 650ms}}, {}}));
  EXPECT_EQ(by_task(report.loop), (Sums{{1, 550ms}}));
}

TEST_F(SamplerTest, SeveralAtOnceAddUp) {
  EXPECT_TRUE(sample(500ms, {{{2, 10ms}}, {{1, at(400ms)}, {1, at(450ms)}}}));
  EXPECT_EQ(by_task(report.loop), (Sums{{1, 150ms}, {2, 10ms}}));
  EXPECT_EQ(report.loop.busy, 160ms);
}

class CoreOccupancy : public CoreTest {
 protected:
  CoreOccupancy() {
    settings.occupancy_interval = 100ms;
    settings.occupancy_sink = [this](const OccupancyReport& report) {
      const std::lock_guard lock(mutex);
      for (const LaneReport::Row& row : report.main.tasks) main[row.name] += row.busy;
      for (const LaneReport::Row& row : report.workers.tasks) workers[row.name] += row.busy;
      ++told;
    };
  }
  Duration sum(std::map<std::string, Duration>& of, const std::string& name) {
    const std::lock_guard lock(mutex);
    return of[name];
  }
  silex_task_id open(const char* name) {
    return core->tasks().open({sizeof(silex_task), name, nullptr, nullptr});
  }

  std::mutex mutex;
  std::map<std::string, Duration> main;
  std::map<std::string, Duration> workers;
  int told = 0;
};

TEST_F(CoreOccupancy, TellsWhatMainThreadAndWorkersDidOnceItIsWanted) {
  start();
  const silex_task_id earlier = open("earlier");
  const silex_task_id task = open("build");
  const auto call = [&](silex_task_id of, Duration takes) {
    Probe& made = probe([this, takes](const silex_scope&) {
      clock.advance(takes);
      return SILEX_OK;
    });
    made.work.task = of;
    defer(made);
    drain();
  };
  call(earlier, 1s);  // nobody asked yet
  core->measure_occupancy();
  // The watchdog has begun to measure when a call turns up; what came before that is not told.
  EXPECT_TRUE(eventually([&] {
    call(task, 40ms);
    return sum(main, "build") > 0ms;
  }));
  EXPECT_EQ(sum(main, "earlier"), 0ms);
  Probe& job = probe([this](const silex_scope&) {
    EXPECT_TRUE(eventually([&] {
      clock.advance(50ms);
      return sum(workers, "build") >= 100ms;  // while it runs
    }));
    return SILEX_OK;
  });
  job.work.task = task;
  submit(job);
  EXPECT_TRUE(eventually([&] { return sum(workers, "build") >= 100ms; }));
  EXPECT_TRUE(core->task_close(task).ok());
}

// A call that runs inside another one, in a dialog's loop, is not counted twice.
TEST_F(CoreOccupancy, ACallInsideAnotherOneIsItsOwnTime) {
  start();
  const silex_task_id outer = open("dialog");
  const silex_task_id inner = open("inside");
  core->measure_occupancy();
  EXPECT_TRUE(eventually([&] {  // the first sample only begins
    clock.advance(100ms);
    Probe& tick = probe([this](const silex_scope&) {
      clock.advance(5ms);
      return SILEX_OK;
    });
    tick.work.task = inner;
    defer(tick);
    drain();
    return sum(main, "inside") > 0ms;
  }));
  const Duration before = sum(main, "inside");
  Probe& nested = probe([this](const silex_scope&) {
    clock.advance(30ms);
    return SILEX_OK;
  });
  nested.work.task = inner;
  Probe& dialog = probe([&](const silex_scope&) {
    clock.advance(10ms);
    defer(nested);
    drain();
    clock.advance(20ms);
    return SILEX_OK;
  });
  dialog.work.task = outer;
  defer(dialog);
  drain();
  EXPECT_TRUE(eventually([&] {
    clock.advance(100ms);
    return sum(main, "dialog") >= 30ms && sum(main, "inside") >= before + 30ms;
  }));
  EXPECT_EQ(sum(main, "dialog"), 30ms);
  EXPECT_TRUE(core->task_close(outer).ok());
  EXPECT_TRUE(core->task_close(inner).ok());
}

}  // namespace
}  // namespace silex::test
