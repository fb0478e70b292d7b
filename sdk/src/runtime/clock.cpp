#include "runtime/clock.hpp"

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
  static SteadyClock clock;
  return clock;
}

}  // namespace silex
