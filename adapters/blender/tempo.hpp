// How soon the timer should fire again: at once while calls come, seldom while none do.
#pragma once

#include <chrono>

namespace silex::blender {

class Tempo {
 public:
  using Clock = std::chrono::steady_clock;

  // Blender cannot be asked from another thread to fire a timer sooner, so this is how late the first call
  // after a pause may be. A chain of calls with pauses shorter than kHotFor never waits for it.
  static constexpr double kIdleSeconds = 0.05;
  static constexpr double kHotSeconds = 0.0;  // at the next turn of the main loop, about 5 ms
  static constexpr std::chrono::milliseconds kHotFor{1000};

  // Whether to fire again at once. `active`: calls came since the last time.
  bool is_hot(Clock::time_point now, bool active) noexcept {
    if (active) hot_until_ = now + kHotFor;
    return now < hot_until_;
  }

 private:
  Clock::time_point hot_until_ = Clock::time_point::min();
};

}  // namespace silex::blender
