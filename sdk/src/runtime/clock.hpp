// Where the runtime takes its time from, so that tests can put in their own.
#pragma once

#include <chrono>
#include <functional>

namespace silex {

using Duration = std::chrono::nanoseconds;
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Duration>;

// [any-thread]
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual TimePoint now() const noexcept = 0;
  // Whether time goes on by itself. Where it does not, sleeping threads must be told: see on_change().
  [[nodiscard]] virtual bool is_real() const noexcept = 0;
  // Has `changed` called after each change of a clock that is not real. The last one set counts; nullptr
  // clears it, and then no call of the former is under way any more.
  virtual void on_change(std::function<void()> changed) = 0;
};

// std::chrono::steady_clock. Static storage.
Clock& steady_clock() noexcept;

}  // namespace silex
