// A clock that stands still until a test moves it.
#pragma once

#include "runtime/clock.hpp"

#include <atomic>
#include <functional>
#include <mutex>

namespace silex::test {

class ManualClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override { return TimePoint(Duration(now_.load())); }
  [[nodiscard]] bool is_real() const noexcept override { return false; }
  void on_change(std::function<void()> changed) override {
    const std::lock_guard lock(mutex_);
    changed_ = std::move(changed);
  }
  void advance(Duration by) {
    now_ += by.count();
    const std::lock_guard lock(mutex_);
    if (changed_) changed_();
  }

 private:
  std::atomic<std::int64_t> now_{std::chrono::nanoseconds(std::chrono::hours(1)).count()};
  std::mutex mutex_;
  std::function<void()> changed_;
};

}  // namespace silex::test
