#include "runtime/clock.hpp"

#include <cstddef>
#include <new>

namespace silex {

namespace {

class SteadyClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] bool is_real() const noexcept override { return true; }
  void on_change(std::function<void()> /*changed*/) override {}
};

}  // namespace

Clock& steady_clock() noexcept {
  // Never destroyed: in a host that just calls exit(), threads still ask for the time while the process ends.
  alignas(SteadyClock) static std::byte memory[sizeof(SteadyClock)];
  static SteadyClock& clock = *::new (memory) SteadyClock;
  return clock;
}

}  // namespace silex
