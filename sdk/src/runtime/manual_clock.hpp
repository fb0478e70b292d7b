// A clock that goes on only when a test says so: what depends on time is then decided, not waited for. Also
// behind silex/testing.h.
#pragma once

#include "runtime/clock.hpp"

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>

namespace silex {

// [any-thread]
class ManualClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override {
    return TimePoint(Duration(now_.fetch_add(step_.load())));
  }
  [[nodiscard]] bool is_real() const noexcept override { return false; }
  void on_change(std::function<void()> changed) override {
    const std::lock_guard lock(mutex_);
    changed_ = std::move(changed);
  }

  void advance(Duration by) {
    now_.fetch_add(by.count());
    const std::lock_guard lock(mutex_);
    if (changed_) changed_();
  }
  // How far each look moves it on, for code that looks until its time is up. Tells nobody.
  void advance_with_each_look(Duration step) { step_.store(step.count()); }

 private:
  mutable std::atomic<Duration::rep> now_{Duration(std::chrono::hours(1)).count()};
  std::atomic<Duration::rep> step_{0};
  std::mutex mutex_;
  std::function<void()> changed_;
};

}  // namespace silex
