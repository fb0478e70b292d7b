#include "heartbeat.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace probe {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPeriod = 10ms;

class Gaps {
 public:
  void begin() { last_ = Clock::now(); }
  void beat() {
    const auto now = Clock::now();
    largest_ = std::max<std::chrono::duration<double, std::milli>>(largest_, now - last_);
    last_ = now;
  }
  [[nodiscard]] double largest_ms() const { return largest_.count(); }

 private:
  Clock::time_point last_;
  std::chrono::duration<double, std::milli> largest_{0};
};

}  // namespace

struct Heartbeat::State {
  Gaps beats;  // on the loop, until `released`
  Gaps sleeper_gaps;
  std::atomic<bool> ending{false};
  std::atomic<bool> released{false};
  std::thread sleeper;
  silex_id timer = 0;
};

Heartbeat::Heartbeat() = default;

Heartbeat::~Heartbeat() {
  if (!state_ || !state_->sleeper.joinable()) return;
  state_->ending = true;
  state_->sleeper.join();
}

void Heartbeat::begin(silex::Context context) {
  state_ = std::make_shared<State>();
  state_->beats.begin();
  state_->sleeper = std::thread([state = state_.get()] {
    state->sleeper_gaps.begin();
    while (!state->ending) {
      std::this_thread::sleep_for(kPeriod);
      state->sleeper_gaps.beat();
    }
  });
  silex_timer timer{};
  timer.size = sizeof timer;
  timer.period_ns = static_cast<std::uint64_t>(std::chrono::nanoseconds(kPeriod).count());
  timer.data = new std::shared_ptr<State>(state_);
  timer.fired = [](void* data, silex_status reason) {
    auto* const state = static_cast<std::shared_ptr<State>*>(data);
    (*state)->beats.beat();
    if (reason == SILEX_OK) return;
    (*state)->released = true;
    delete state;
  };
  context.api()->timer_start(context.handle(), &timer, &state_->timer);
}

void Heartbeat::end(silex::Context context) {
  context.api()->cancel(context.handle(), state_->timer);
  while (!state_->released) std::this_thread::sleep_for(1ms);
  state_->ending = true;
  state_->sleeper.join();
}

double Heartbeat::largest_gap_ms() const {
  return state_->beats.largest_ms();
}

double Heartbeat::largest_gap_of_sleeper_ms() const {
  return state_->sleeper_gaps.largest_ms();
}

}  // namespace probe
