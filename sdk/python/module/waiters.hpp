// Threads that wait, without the GIL, for calls to end. [any-thread]
#pragma once

#include <silex/drain.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace silex::python {

class Waiters {
 public:
  // Whoever ended a call tells it here, after the call says that it has ended.
  void notify() noexcept {
    if (blocked_.load() == 0 && !pumping_.load()) return;
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
    // The pump that ends meanwhile, and the runtime with it, waits for the mutex.
    if (silex_runtime* const pumping = pumping_.load()) silex_pump_notify(pumping);
  }

  // Blocks until `ended` is true or the time is up, and says whether it is.
  bool wait(const std::atomic<bool>& ended, std::chrono::steady_clock::time_point until) {
    blocked_.fetch_add(1);
    std::unique_lock lock(mutex_);
    const auto is_over = [&] { return ended.load(); };
    const bool over = until == std::chrono::steady_clock::time_point::max()
                          ? (changed_.wait(lock, is_over), true)
                          : changed_.wait_until(lock, until, is_over);
    lock.unlock();
    blocked_.fetch_sub(1);
    return over;
  }

  // The main thread pumps this runtime; nullptr: no longer. What was there before, for nested ones.
  silex_runtime* pump(silex_runtime* runtime) noexcept {
    const std::lock_guard lock(mutex_);
    return pumping_.exchange(runtime);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<int> blocked_{0};
  std::atomic<silex_runtime*> pumping_{nullptr};
};

}  // namespace silex::python
