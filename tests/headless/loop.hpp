// A main loop that is nothing but a queue, a mutex and a condition variable.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

class Loop {
 public:
  bool post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    functions_.push_back(std::move(function));
    changed_.notify_one();
    return true;
  }
  void on_end(std::function<void()> function) { on_end_ = std::move(function); }

  // Runs what is posted now, and what that posts. May be called from inside such a function.
  void run_once() {
    std::unique_lock lock(mutex_);
    run_all(lock);
  }
  // Runs what is posted until end(). False where that takes longer than anything does.
  bool run() {
    const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    for (;;) {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_until(lock, late, [&] { return !functions_.empty() || ending_; })) return false;
      if (ending_) break;
      run_all(lock);
    }
    if (const auto function = on_end_) function();
    std::unique_lock lock(mutex_);
    ended_ = true;
    run_all(lock);
    return true;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    changed_.notify_one();
  }
  void reset() {
    const std::lock_guard lock(mutex_);
    ending_ = ended_ = false;
  }

 private:
  void run_all(std::unique_lock<std::mutex>& lock) {
    const auto functions = std::exchange(functions_, {});
    lock.unlock();
    for (const auto& function : functions) function();
    lock.lock();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> functions_;
  std::function<void()> on_end_;
  bool ending_ = false;
  bool ended_ = false;
};
