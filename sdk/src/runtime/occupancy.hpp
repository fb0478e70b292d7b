// What a thread is doing right now: written by that thread without a lock, read by the watchdog.
#pragma once

#include "runtime/clock.hpp"

#include <silex/abi.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace silex {

// A sequence lock whose data are atomics too, so that what a reader tears is a value to throw away and not
// a data race. Orders stand on the words themselves: ThreadSanitizer does not know fences.
class Occupancy {
  static constexpr std::size_t kNameWords = 6;

  struct Work {
    std::int64_t since = 0;  // of the clock's epoch; 0: nothing
    silex_task_id task = 0;
    std::int64_t nested = 0;  // of its time, what others took that ran inside it
    std::array<std::uint64_t, kNameWords> name{};
  };

 public:
  struct Snapshot {
    silex_task_id task = 0;
    std::string name;  // cut to 47 bytes
    TimePoint since;
    Duration nested{};  // what others took of the time since then, inside it
  };

  // Begins and ends with its scope, on the thread described; what it interrupts comes back after it.
  class Scope {
   public:
    Scope(Occupancy& occupancy, silex_task_id task, const char* name, TimePoint now) noexcept
        : occupancy_(occupancy), outer_(occupancy.current_) {
      Work work{now.time_since_epoch().count(), task, 0, {}};
      if (name) std::memcpy(work.name.data(), name, length_of(name));
      occupancy_.publish(work);
    }
    ~Scope() { occupancy_.publish(outer_); }
    // Its end, where others want to know what this took inside them. Gives what others took inside this.
    Duration end(TimePoint now) noexcept {
      outer_.nested += now.time_since_epoch().count() - occupancy_.current_.since;
      return Duration(occupancy_.current_.nested);
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Occupancy& occupancy_;
    Work outer_;
  };

  // What is done now, if anything is. [any-thread]
  [[nodiscard]] std::optional<Snapshot> read() const {
    for (;;) {
      const auto before = sequence_.load(std::memory_order_acquire);
      Work work;
      work.since = since_.load(std::memory_order_acquire);
      work.task = task_.load(std::memory_order_acquire);
      work.nested = nested_.load(std::memory_order_acquire);
      for (std::size_t i = 0; i < kNameWords; ++i) work.name[i] = name_[i].load(std::memory_order_acquire);
      if (before % 2 != 0 || sequence_.load(std::memory_order_relaxed) != before) continue;
      if (work.since == 0) return std::nullopt;
      return Snapshot{work.task, reinterpret_cast<const char*>(work.name.data()),
                      TimePoint(Duration(work.since)), Duration(work.nested)};
    }
  }

 private:
  static constexpr std::size_t kLongestName = kNameWords * sizeof(std::uint64_t) - 1;

  // What of the name there is room for: never half a character of UTF-8.
  static std::size_t length_of(const char* name) noexcept {
    std::size_t length = strnlen(name, kLongestName + 1);
    if (length <= kLongestName) return length;
    for (length = kLongestName; length > 0 && (static_cast<unsigned char>(name[length]) & 0xC0U) == 0x80U;)
      --length;
    return length;
  }

  void publish(const Work& work) noexcept {
    current_ = work;
    const auto sequence = sequence_.load(std::memory_order_relaxed);
    sequence_.store(sequence + 1, std::memory_order_relaxed);
    since_.store(work.since, std::memory_order_release);
    if (work.since != 0) {
      task_.store(work.task, std::memory_order_release);
      nested_.store(work.nested, std::memory_order_release);
      // Behind the end of the name, old words may stay: nobody reads on.
      for (std::size_t i = 0; i < kNameWords; ++i) {
        name_[i].store(work.name[i], std::memory_order_release);
        if (work.name[i] == 0) break;
      }
    }
    sequence_.store(sequence + 2, std::memory_order_release);
  }

  Work current_;  // the writer's own
  std::atomic<std::uint64_t> sequence_{0};
  std::atomic<std::int64_t> since_{0};
  std::atomic<silex_task_id> task_{0};
  std::atomic<std::int64_t> nested_{0};
  std::array<std::atomic<std::uint64_t>, kNameWords> name_{};
};

}  // namespace silex
