// How long a thread, or a pool of them, was at work for each task since that was last asked. Off until
// somebody wants to know; then it costs the same per piece of work however many tasks there are.
#pragma once

#include "platform/brief_mutex.hpp"
#include "runtime/clock.hpp"

#include <silex/abi.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <vector>

namespace silex {

// [any-thread]
class BusyTimes {
 public:
  struct Entry {
    silex_task_id task = 0;
    Duration busy{};
  };

  void turn_on() noexcept { is_on_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool is_on() const noexcept { return is_on_.load(std::memory_order_relaxed); }

  void add(silex_task_id task, Duration busy) noexcept {
    if (!is_on()) return;
    const std::lock_guard lock(mutex_);
    Entry& entry = entry_of(task);
    entry.busy += busy;
  }

  // What was added since the last call. Task 0 is nobody, and whoever there was no room for.
  std::vector<Entry> take() {
    std::vector<Entry> taken;
    taken.reserve(kSlots + 1);
    const std::lock_guard lock(mutex_);
    for (Entry& slot : slots_) {
      if (slot.busy > Duration(0)) taken.push_back(slot);
      slot = {};
    }
    if (others_.busy > Duration(0)) taken.push_back(others_);
    others_ = {};
    return taken;
  }

 private:
  static constexpr std::size_t kSlots = 512;  // a power of two
  static constexpr std::size_t kProbes = 8;

  Entry& entry_of(silex_task_id task) noexcept {
    if (task == 0) return others_;
    for (std::size_t i = 0; i < kProbes; ++i) {
      Entry& slot = slots_[(task + i) % kSlots];  // ids are consecutive: they spread by themselves
      if (slot.task == 0) slot.task = task;
      if (slot.task == task) return slot;
    }
    return others_;
  }

  std::atomic<bool> is_on_{false};
  platform::BriefMutex mutex_;
  std::array<Entry, kSlots> slots_{};
  Entry others_;
};

}  // namespace silex
