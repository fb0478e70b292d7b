// Probe: one runtime in a mock host, what it logged, and the tools with which a scenario looks at it.
#pragma once

#include "calls.hpp"
#include "heartbeat.hpp"

#include <silex/silex.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace probe {

class Probe {
 public:
  struct Settings {
    std::chrono::milliseconds no_pump{0};
    std::chrono::milliseconds stop_timeout{0};
  };
  explicit Probe(Settings settings);
  ~Probe();

  silex::Runtime& runtime() { return *runtime_; }
  Calls& calls() { return calls_; }
  Heartbeat& heartbeat() { return heartbeat_; }
  // Everything that was logged, a line each.
  [[nodiscard]] std::string log() const;

  // Calls the main thread and waits, over and over: until it is told that the host is gone. [any-thread] but
  // the main thread.
  void call_until_gone();
  // The same on a thread of its own. [main-thread]
  void start_caller();
  [[nodiscard]] int callers_told() const { return callers_told_; }

  // A call every 10 ms, from the loop's own thread.
  void defer_slowly(int count);
  // Defers a call, waits until the adapter was asked for a wake and may have asked the host, and stops.
  void defer_and_stop();

  // `count` calls, each deferred when the one before it has returned.
  void start_chain(int count);
  // Calls per second, once it is through; 0 before.
  [[nodiscard]] double chain_rate() const { return chain_rate_; }

 private:
  std::unique_ptr<silex::Runtime> runtime_;
  Calls calls_;
  Heartbeat heartbeat_;
  std::vector<std::thread> callers_;
  std::atomic<int> callers_told_{0};
  std::atomic<double> chain_rate_{0};
  mutable std::mutex mutex_;
  std::string log_;
};

}  // namespace probe
