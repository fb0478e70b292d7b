// What loop, main thread and workers were busy with, interval by interval: who took how much of each. Pure.
#pragma once

#include "runtime/busy_times.hpp"
#include "runtime/clock.hpp"
#include "runtime/occupancy.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace silex {

// One kind of thread in one interval.
struct LaneReport {
  struct Row {
    silex_task_id task = 0;
    Duration busy{};
    std::string name;  // filled in by who knows it
  };
  std::vector<Row> tasks;  // what each took
  Duration busy{};         // all of them; of a pool, of all its threads
};

struct OccupancyReport {
  Duration interval{};
  LaneReport loop;
  LaneReport main;
  LaneReport workers;
  std::size_t worker_threads = 0;
  std::size_t calls_waiting = 0;
  std::size_t jobs_waiting = 0;
};

// Called on the watchdog's thread. Must not block.
using OccupancySink = std::function<void(const OccupancyReport&)>;

// What runs now counts up to now: a task that holds the loop for a minute is seen in each interval.
class OccupancySampler {
 public:
  struct Running {
    silex_task_id task = 0;
    TimePoint since;  // later by what others took inside it
  };
  struct Lane {
    std::vector<BusyTimes::Entry> ended;  // since the last sample; taken before `running` is read
    std::vector<Running> running;
  };

  explicit OccupancySampler(Duration interval) : interval_(interval) {}

  [[nodiscard]] bool is_due(TimePoint now) const { return !last_ || now - *last_ >= interval_; }

  // Fills in the lanes of `report`. False where nothing happened, and nothing did before either: then
  // nobody needs to hear of it.
  bool sample(TimePoint now, const Lane& loop, const Lane& main, const Lane& workers,
              OccupancyReport& report);

 private:
  struct Total {
    Duration ended{};
    Duration told{};
    bool was_missed = false;
  };
  using Totals = std::map<silex_task_id, Total>;
  LaneReport sample_lane(TimePoint now, const Lane& lane, Totals& totals) const;

  const Duration interval_;
  std::optional<TimePoint> last_;
  bool told_busy_ = false;
  std::array<Totals, 3> totals_;
};

}  // namespace silex
