// Tells from what loop and main thread are seen to do which warnings are due. Pure: time comes in as a value.
#pragma once

#include "runtime/clock.hpp"
#include "runtime/occupancy.hpp"

#include <silex/event.h>

#include <optional>
#include <string>
#include <vector>

namespace silex {

// A silex_event with its own storage.
struct Event {
  silex_event_kind kind;
  silex_task_id task = 0;
  std::string name;
  Duration duration{};
  std::string message;
};

class StallDetector {
 public:
  struct Limits {
    Duration loop_stall;
    Duration host_busy;
  };
  // What is seen at one moment.
  struct Sight {
    TimePoint now;
    std::optional<Occupancy::Snapshot> loop;       // what it runs; the name is the task's
    std::optional<Occupancy::Snapshot> call;       // the deferred call that runs
    std::optional<TimePoint> calls_waiting_since;  // nothing where no call waits
    TimePoint last_looked;                         // when the main thread last was at the queue
  };

  explicit StallDetector(Limits limits) : limits_(limits) {}

  // Once per look: a stall is told when it is first seen, not again while it goes on.
  [[nodiscard]] std::vector<Event> look(const Sight& sight);

  // A callback that held the loop for longer than the limit has ended.
  [[nodiscard]] std::vector<Event> loop_let_go(silex_task_id task, const std::string& name, TimePoint since,
                                               Duration held);

 private:
  [[nodiscard]] Event loop_stalled(silex_task_id task, const std::string& name, Duration held) const;

  const Limits limits_;
  std::optional<TimePoint> stall_;       // since when the loop is held, if that was told
  std::optional<TimePoint> told_ended_;  // of the stall whose end was told last
  std::optional<TimePoint> busy_since_;  // since when the host does not drain, if that was told
};

// "1.25 s" or "312 ms".
std::string describe(Duration duration);

}  // namespace silex
