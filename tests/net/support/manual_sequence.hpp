// A net sequence that the test itself is: nothing runs and no time passes but when the test says so.
#pragma once

#include "net/sequence.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace silex::net::test {

class ManualSequence : public Sequence {
 public:
  void post(Task task) override {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    if (inline_) run();
  }

  TimePoint now() const override { return now_; }

  std::unique_ptr<Timer> after(Duration delay, Task task) override {
    const auto key = std::pair(now_ + delay, next_++);
    timers_.emplace(key, std::move(task));
    return std::make_unique<ManualTimer>(*this, key);
  }

  // Runs what was posted, and what that posts, until nothing is left.
  void run() {
    if (std::exchange(running_, true)) return;
    while (const auto task = take()) (*task)();
    running_ = false;
  }

  // Lets time pass, with every timer at its own moment.
  void advance(Duration by) {
    const TimePoint until = now_ + by;
    run();
    while (!timers_.empty() && timers_.begin()->first.first <= until) {
      now_ = std::max(now_, timers_.begin()->first.first);
      const Task task = std::move(timers_.begin()->second);
      timers_.erase(timers_.begin());
      task();
      run();
    }
    now_ = until;
  }

  std::size_t timers() const { return timers_.size(); }
  bool idle() const {
    const std::lock_guard lock(mutex_);
    return tasks_.empty();
  }

  // From here on posting runs: for a destructor that waits for what it posted.
  void run_what_is_posted() {
    inline_ = true;
    run();
  }

 private:
  using Key = std::pair<TimePoint, std::uint64_t>;
  class ManualTimer : public Timer {
   public:
    ManualTimer(ManualSequence& sequence, Key key) : sequence_(sequence), key_(key) {}
    ~ManualTimer() override { sequence_.timers_.erase(key_); }

   private:
    ManualSequence& sequence_;
    Key key_;
  };

  std::optional<Task> take() {
    const std::lock_guard lock(mutex_);
    if (tasks_.empty()) return std::nullopt;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }

  mutable std::mutex mutex_;  // post() is for any thread here too
  std::deque<Task> tasks_;
  std::map<Key, Task> timers_;
  TimePoint now_{std::chrono::hours(1)};
  std::uint64_t next_ = 0;
  bool running_ = false;
  bool inline_ = false;
};

}  // namespace silex::net::test
