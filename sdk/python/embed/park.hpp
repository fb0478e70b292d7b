// A thread that must not go on: Python has ended, or is ending.
#pragma once

#include <chrono>
#include <thread>

namespace silex::python {

[[noreturn]] inline void park() noexcept {
  for (;;) std::this_thread::sleep_for(std::chrono::hours(24));
}

}  // namespace silex::python
