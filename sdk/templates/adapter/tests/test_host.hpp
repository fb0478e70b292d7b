// @Name@ as a test plays it: a main loop of its own, and what adapters are offered.
#pragma once

#include "host.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

// Its main thread is the one that turns it.
class Host {
 public:
  void reset(bool batch) {
    const std::lock_guard lock(mutex_);
    calls_.clear();
    batch_ = batch;
    quits_ = false;
  }
  bool call_soon(void (*function)(void*), void* data) {
    const std::lock_guard lock(mutex_);
    if (quits_) return false;
    calls_.push_back([function, data] { function(data); });
    return true;
  }
  bool is_batch() const { return batch_; }
  void on_quit(void (*function)(void*), void* data) {
    on_quit_ = function ? std::function<void()>([function, data] { function(data); }) : nullptr;
  }
  // One turn of the main loop.
  void turn() {
    for (auto& call : take()) call();
    std::this_thread::yield();
  }
  void quit() {
    {
      const std::lock_guard lock(mutex_);
      quits_ = true;
    }
    if (const auto on_quit = on_quit_) on_quit();  // which clears it
    turn();  // what was asked for before still comes
  }

 private:
  std::deque<std::function<void()>> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(calls_, {});
  }

  std::mutex mutex_;
  std::deque<std::function<void()>> calls_;
  std::function<void()> on_quit_;
  bool batch_ = false;
  bool quits_ = false;
};

// The one of this process.
extern Host host;
