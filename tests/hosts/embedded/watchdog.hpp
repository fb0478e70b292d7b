// Watchdog: a host that hangs says so and where, and ends. A thread that needs no Python.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace host {

inline constexpr int kHungStatus = 71;

class Watchdog {
 public:
  explicit Watchdog(std::chrono::duration<double> limit);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // What is going on now: what it says if that never ends. [any-thread]
  void note(std::string doing);

 private:
  void watch(std::chrono::duration<double> limit);

  std::mutex mutex_;
  std::condition_variable ended_;
  std::string doing_ = "starting";
  bool over_ = false;
  std::thread thread_;
};

}  // namespace host
