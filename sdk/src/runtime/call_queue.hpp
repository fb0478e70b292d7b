// Deferred calls: the queue between every thread and the host's main thread.
#pragma once

#include "platform/thread.hpp"
#include "runtime/busy_times.hpp"
#include "runtime/clock.hpp"
#include "runtime/histogram.hpp"
#include "runtime/occupancy.hpp"
#include "runtime/work_list.hpp"

#include <silex/drain.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

namespace silex {

class CallQueue {
 public:
  struct Settings {
    Duration budget;     // how long a drain goes on starting calls
    Duration linger;     // how long it waits for a next call; zero: not
    Duration slow_call;  // a call that takes longer is told to `on_slow_call`
  };
  // [main-thread] The item is still whole.
  using OnSlowCall = std::function<void(const WorkItem& call, Duration held)>;
  // Asks the host for a drain, unless it has no loop that could be asked. [any-thread]
  enum class Wake { asked, refused, nobody_to_ask };
  using Waker = std::function<Wake()>;

  CallQueue(const Clock& clock, const Settings& settings, OnSlowCall on_slow_call, Waker wake)
      : clock_(clock), settings_(settings), on_slow_call_(std::move(on_slow_call)), wake_(std::move(wake)) {}

  // False where it is closed: then the item is still the caller's. [any-thread]
  bool push(WorkItem* call);
  // As WorkList::withdraw(). [any-thread]
  bool withdraw(WorkItem& call, silex_outcome outcome, const Status& why) {
    return calls_.withdraw(call, outcome, why);
  }
  // Ends all calls that wait. [any-thread]
  std::size_t end_all(silex_outcome outcome, const Status& why) { return calls_.end_all(outcome, why); }

  // Runs calls; see silex_drain(). Returns false where the queue is closed. [main-thread]
  bool drain(silex_drain_report& report);
  // See silex_pump_until(). SILEX_OK, SILEX_ERROR_TIMED_OUT or SILEX_ERROR_HOST_GONE. [main-thread]
  silex_status pump_until(bool (*until)(void*), void* data, std::uint64_t timeout_ns);
  void notify_pump() { calls_.notify(); }

  // Refuses more calls and ends all that are here, the running ones too. [main-thread]
  void close(silex_outcome outcome, const Status& why);

  // Asks for a drain again where one that was asked for never came. [any-thread]
  void wake_again();

  // More than 0 while a drain is at work: the answer to a call will be there in a moment.
  [[nodiscard]] const std::atomic<int>& draining() const noexcept { return draining_; }
  // Whether this thread is inside a deferred call. [main-thread]
  [[nodiscard]] bool is_running_a_call() const noexcept { return running_ != nullptr; }

  // What the watchdog and metrics look at. [any-thread]
  [[nodiscard]] std::size_t size() const noexcept {
    return calls_.size() + batch_size_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::optional<TimePoint> waiting_since() const noexcept {
    if (calls_.size() == 0) return std::nullopt;
    return calls_.waiting_since();
  }
  [[nodiscard]] TimePoint last_looked() const noexcept {
    return TimePoint(Duration(last_looked_.load(std::memory_order_relaxed)));
  }
  [[nodiscard]] bool is_pumped() const noexcept { return pumps_.load(std::memory_order_relaxed) > 0; }
  [[nodiscard]] const Occupancy& occupancy() const noexcept { return occupancy_; }
  BusyTimes& busy_times() noexcept { return busy_times_; }
  [[nodiscard]] const Histogram& wait_times() const noexcept { return wait_times_; }
  [[nodiscard]] const Histogram& run_times() const noexcept { return run_times_; }
  struct Counts {
    std::atomic<std::uint64_t> wakes{0};
    std::atomic<std::uint64_t> wakes_failed{0};
    std::atomic<std::uint64_t> drains{0};
    std::atomic<std::uint64_t> drains_over_budget{0};
  };
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  WorkItem* next(TimePoint linger_until, TimePoint& now);
  TimePoint run(WorkItem* call, TimePoint now);
  void looked(TimePoint now) noexcept {
    last_looked_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
  }
  void request_wake();

  const Clock& clock_;
  const Settings settings_;
  const OnSlowCall on_slow_call_;
  const Waker wake_;

  // What pushing threads touch, and what the main thread touches per call, on cache lines of their own.
  alignas(platform::kCacheLine) WorkList calls_{std::numeric_limits<std::size_t>::max()};
  std::atomic<bool> wake_outstanding_{false};
  // Whether the main thread is between two calls of a drain, and will look at the queue before it leaves.
  std::atomic<bool> main_will_look_{false};
  alignas(platform::kCacheLine) std::atomic<int> draining_{0};
  std::atomic<int> pumps_{0};
  std::atomic<bool> closed_{false};
  std::atomic<std::int64_t> last_looked_{0};
  std::atomic<std::size_t> batch_size_{0};

  // Main thread only.
  WorkList::Items batch_;  // taken off the queue by the drains that are at work, nested ones included
  WorkItem* running_ = nullptr;

  Occupancy occupancy_;
  BusyTimes busy_times_;
  Histogram wait_times_;
  Histogram run_times_;
  Counts counts_;
};

}  // namespace silex
