// The net sequence: where the connection lives. One thing runs on it at a time, so what it owns needs no
// lock. In a host it is the thread `silex-net` (net_thread.hpp); in a unit test it is the test itself, with a
// clock of its own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace silex::net {

using Duration = std::chrono::nanoseconds;
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;

// A call that was asked for later. Destroying it withdraws the call. [net-thread]
class Timer {
 public:
  virtual ~Timer() = default;
};

class Sequence {
 public:
  using Task = std::function<void()>;

  virtual ~Sequence() = default;

  // Queues `task`; tasks run in the order they were posted, never inside post. [any-thread]
  virtual void post(Task task) = 0;

  // Monotonic. [any-thread]
  virtual TimePoint now() const = 0;

  // Runs `task` once, `delay` from now, unless the timer is destroyed first. [net-thread]
  [[nodiscard]] virtual std::unique_ptr<Timer> after(Duration delay, Task task) = 0;

  // Advice: much is going on, and nothing suffers when the next turn comes this much later, with more to do
  // at once. [net-thread]
  virtual void gather(Duration) {}
};

}  // namespace silex::net
