// Timers by their due time. Pure: no thread, no clock, no lock.
#pragma once

#include "runtime/clock.hpp"

#include <silex/loop.h>

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace silex {

// A timer as the loop keeps it.
struct TimerEntry {
  silex_id id = 0;
  silex_timer timer{};
  // Not 0: no timer of a user's, but the timeout of that piece of work.
  silex_id work = 0;
};

class TimerQueue {
 public:
  void add(TimePoint due, const TimerEntry& entry) {
    const auto place = by_time_.emplace(due, entry);
    by_id_.emplace(entry.id, place);
  }

  std::optional<TimerEntry> remove(silex_id id) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return std::nullopt;
    const TimerEntry entry = found->second->second;
    by_time_.erase(found->second);
    by_id_.erase(found);
    return entry;
  }

  // The timer that was due first, if one is due; of two with the same time, the one added first. A periodic
  // one is back in the queue already, due at the first of its times that is still to come: what was missed
  // while the loop was held is not made up for.
  std::optional<TimerEntry> take_due(TimePoint now) {
    if (by_time_.empty() || by_time_.begin()->first > now) return std::nullopt;
    const auto [due, entry] = *by_time_.begin();
    remove(entry.id);
    if (entry.timer.period_ns != 0) {
      const Duration period(entry.timer.period_ns);
      add(due + period * ((now - due) / period + 1), entry);
    }
    return entry;
  }

  std::optional<TimerEntry> take_any() {
    if (by_time_.empty()) return std::nullopt;
    return remove(by_time_.begin()->second.id);
  }

  [[nodiscard]] std::optional<TimePoint> next_due() const {
    if (by_time_.empty()) return std::nullopt;
    return by_time_.begin()->first;
  }

  [[nodiscard]] bool empty() const noexcept { return by_time_.empty(); }

 private:
  using ByTime = std::multimap<TimePoint, TimerEntry>;
  ByTime by_time_;
  std::unordered_map<silex_id, ByTime::iterator> by_id_;
};

}  // namespace silex
