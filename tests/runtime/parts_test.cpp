// Small parts of the runtime, each alone: occupancy, histogram, gate, timers, the registry of tasks, the log.
#include "runtime/gate.hpp"
#include "runtime/histogram.hpp"
#include "runtime/logger.hpp"
#include "runtime/occupancy.hpp"
#include "runtime/probe.hpp"
#include "runtime/task_registry.hpp"
#include "runtime/timer_queue.hpp"

#include <array>
#include <limits>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>

namespace silex::test {

namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

const TimePoint kBegin{1h};

TEST(OccupancyOfAThread, IsWhatItDoesNow) {
  Occupancy occupancy;
  EXPECT_FALSE(occupancy.read());
  {
    const Occupancy::Scope scope(occupancy, 7, "export", kBegin);
    const auto seen = occupancy.read();
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->task, 7u);
    EXPECT_EQ(seen->name, "export");
    EXPECT_EQ(seen->since, kBegin);
  }
  EXPECT_FALSE(occupancy.read());
}

TEST(OccupancyOfAThread, ComesBackAfterWhatInterruptedIt) {
  Occupancy occupancy;
  const Occupancy::Scope outer(occupancy, 1, "a dialog of a rather long name", kBegin);
  {
    const Occupancy::Scope inner(occupancy, 2, "b", kBegin + 1s);
    EXPECT_EQ(occupancy.read()->name, "b");
  }
  EXPECT_EQ(occupancy.read()->name, "a dialog of a rather long name");
  EXPECT_EQ(occupancy.read()->since, kBegin);
}

TEST(OccupancyOfAThread, CutsLongNames) {
  Occupancy occupancy;
  for (const std::size_t length : {0u, 7u, 8u, 9u, 46u, 47u, 48u, 500u}) {
    const std::string name(length, 'n');
    const Occupancy::Scope scope(occupancy, 1, name.c_str(), kBegin);
    EXPECT_EQ(occupancy.read()->name, name.substr(0, 47));
  }
  const Occupancy::Scope unnamed(occupancy, 1, nullptr, kBegin);
  EXPECT_EQ(occupancy.read()->name, "");
}

TEST(OccupancyOfAThread, IsNeverReadTorn) {
  static constexpr std::array kNames{"a", "bbbbbbbb", "cccccccccccccccccccc",
                                     "ddddddddddddddddddddddddddddddddd"};
  Occupancy occupancy;
  std::atomic<bool> over{false};
  std::atomic<int> rounds{0};
  std::thread writer([&] {
    while (!over) {
      for (std::size_t i = 0; i < kNames.size(); ++i) {
        const Occupancy::Scope scope(occupancy, i, kNames[i], kBegin + Duration(i));
      }
      ++rounds;
    }
  });
  int seen = 0;
  const bool enough = eventually([&] {
    for (int i = 0; i < 1000; ++i) {
      if (const auto read = occupancy.read()) {
        ++seen;
        if (read->task >= kNames.size()) return true;
        EXPECT_EQ(read->name, kNames[read->task]);
        EXPECT_EQ(read->since, kBegin + Duration(read->task));
      }
    }
    return ::testing::Test::HasFailure() || (seen > 1000 && rounds > 1000);
  });
  over = true;
  writer.join();
  EXPECT_TRUE(enough);
}

TEST(DurationHistogram, CountsByPowersOfTwo) {
  Histogram histogram;
  for (const Duration duration : {-5ns, 0ns, 1ns, 2ns, 3ns, 4ns, 1023ns, 1024ns}) histogram.add(duration);
  const silex_histogram read = histogram.read();
  EXPECT_EQ(read.count, 8u);
  EXPECT_EQ(read.sum_ns, 2057u);
  EXPECT_EQ(read.max_ns, 1024u);
  EXPECT_EQ(read.buckets[0], 3u);
  EXPECT_EQ(read.buckets[1], 2u);
  EXPECT_EQ(read.buckets[2], 1u);
  EXPECT_EQ(read.buckets[9], 1u);
  EXPECT_EQ(read.buckets[10], 1u);
}

TEST(DurationHistogram, PutsAllThatIsLongerIntoTheLastBucket) {
  Histogram histogram;
  histogram.add(Duration((std::int64_t{1} << 39) - 1));
  histogram.add(Duration(std::int64_t{1} << 39));
  histogram.add(24h);
  histogram.add(Duration::max());
  EXPECT_EQ(histogram.read().buckets[38], 1u);
  EXPECT_EQ(histogram.read().buckets[39], 3u);
}

TEST(GateOfARuntime, LetsInWhileItIsOpen) {
  Gate gate;
  EXPECT_FALSE(gate.enter()) << "it starts closed";
  gate.open();
  EXPECT_TRUE(gate.enter());
  gate.leave();
  EXPECT_TRUE(gate.close(0s));
  EXPECT_FALSE(gate.enter());
  EXPECT_TRUE(gate.close(0s)) << "whoever was refused must not stay inside";
}

TEST(GateOfARuntime, WaitsForThoseInsideWithABound) {
  Gate gate;
  gate.open();
  ASSERT_TRUE(gate.enter());
  EXPECT_FALSE(gate.close(1ms));
  EXPECT_FALSE(gate.is_open());
  std::thread other([&] { gate.leave(); });
  EXPECT_TRUE(gate.close(kLongEnough));
  other.join();
}

class Timers : public ::testing::Test {
 protected:
  void add(silex_id id, Duration due, Duration period = 0ns) {
    TimerEntry entry;
    entry.id = id;
    entry.timer.period_ns = static_cast<std::uint64_t>(period.count());
    timers.add(kBegin + due, entry);
  }
  std::vector<silex_id> take_due(Duration now) {
    std::vector<silex_id> ids;
    while (const auto entry = timers.take_due(kBegin + now)) ids.push_back(entry->id);
    return ids;
  }
  TimerQueue timers;
};

TEST_F(Timers, AreDueInTheOrderOfTheirTimes) {
  add(1, 3s);
  add(2, 1s);
  add(3, 2s);
  add(4, 1s);
  EXPECT_EQ(timers.next_due(), kBegin + 1s);
  EXPECT_THAT(take_due(999ms), ElementsAre());
  EXPECT_THAT(take_due(2s), ElementsAre(2, 4, 3));
  EXPECT_THAT(take_due(3s), ElementsAre(1));
  EXPECT_TRUE(timers.empty());
  EXPECT_FALSE(timers.next_due());
}

TEST_F(Timers, ThatArePeriodicDoNotCatchUp) {
  add(1, 1s, 1s);
  EXPECT_THAT(take_due(1s), ElementsAre(1));
  EXPECT_EQ(timers.next_due(), kBegin + 2s);
  EXPECT_THAT(take_due(5500ms), ElementsAre(1)) << "once for all that was missed";
  EXPECT_EQ(timers.next_due(), kBegin + 6s) << "in step with the first time";
}

TEST_F(Timers, AreRemovedOnce) {
  add(1, 1s);
  add(2, 1s, 1s);
  EXPECT_TRUE(timers.remove(1));
  EXPECT_FALSE(timers.remove(1));
  EXPECT_THAT(take_due(1s), ElementsAre(2));
  EXPECT_TRUE(timers.remove(2)) << "a periodic one is there still";
  EXPECT_TRUE(timers.empty());
  EXPECT_FALSE(timers.take_any());
}

silex_task task_of(const char* name) {
  return {sizeof(silex_task), name, nullptr, nullptr};
}

TEST(Tasks, AreKnownByNameWhileTheyAreOpenAndALittleLonger) {
  TaskRegistry tasks;
  const silex_task_id id = tasks.open(task_of("export"));
  EXPECT_EQ(tasks.describe(id), "task 'export'");
  EXPECT_TRUE(tasks.close(id));
  EXPECT_FALSE(tasks.close(id));
  EXPECT_FALSE(tasks.is_open(id));
  EXPECT_EQ(tasks.name(id), "export");
  for (int i = 0; i < 16; ++i) tasks.close(tasks.open(task_of("other")));
  EXPECT_EQ(tasks.describe(id), "an unknown task");
  EXPECT_EQ(tasks.describe(0), "nobody");
}

TEST(Tasks, AreAskedToEndOnce) {
  TaskRegistry tasks;
  int asked = 0;
  const silex_task task{sizeof(silex_task), "export", &asked, [](void* data) { ++*static_cast<int*>(data); }};
  const silex_task_id id = tasks.open(task);
  tasks.cancel(id);
  tasks.cancel_all();
  EXPECT_EQ(asked, 1);
  tasks.close(tasks.open(task));
  tasks.cancel_all();
  EXPECT_EQ(asked, 1) << "a closed one is not asked";
}

TEST(Log, HandsOverLevelAndTextAsTheyAre) {
  Lines lines;
  Logger logger([](void* data, silex_log_level level,
                   const char* text) { static_cast<Lines*>(data)->add(std::to_string(level) + text); },
                &lines);
  for (int level = SILEX_LOG_DEBUG; level <= SILEX_LOG_CRITICAL; ++level) {
    logger.write(static_cast<silex_log_level>(level), " {} %s");
  }
  EXPECT_THAT(lines.all(), ElementsAre("0 {} %s", "1 {} %s", "2 {} %s", "3 {} %s", "4 {} %s"));
}

TEST(Log, OutlivesASinkThatThrows) {
  int called = 0;
  Logger logger(
      [](void* data, silex_log_level, const char*) {
        if (++*static_cast<int*>(data) == 1) throw std::runtime_error("full");
        throw 42;
      },
      &called);
  logger.write(SILEX_LOG_ERROR, "a");
  logger.write(SILEX_LOG_ERROR, "b");
  logger.write(SILEX_LOG_ERROR, "c");
  EXPECT_EQ(called, 3);
}

}  // namespace

}  // namespace silex::test
