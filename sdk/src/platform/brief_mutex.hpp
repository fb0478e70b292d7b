// A mutex for sections of a few instructions: tries for a moment before it sleeps.
#pragma once

#include "platform/thread.hpp"

#include <mutex>

namespace silex::platform {

// std::mutex puts the second comer to sleep at once, which costs microseconds where the first one is through
// in nanoseconds. Usable wherever std::mutex is, condition_variable included: it is one.
class BriefMutex : public std::mutex {
 public:
  void lock() {
    for (int i = 0; i < kTries; ++i) {
      if (try_lock()) return;
      pause();
    }
    std::mutex::lock();
  }

 private:
  static constexpr int kTries = 100;
};

}  // namespace silex::platform
