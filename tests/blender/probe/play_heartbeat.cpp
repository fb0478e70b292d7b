// A 10 ms timer on the loop, as the heartbeat of a connection would be, while Python holds the GIL. Threads
// that only sleep stand beside it: what makes them late is the machine, not us.
#include "probe.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace probe {

namespace {

using namespace std::chrono_literals;

constexpr auto kPeriod = 10ms;

// Gaps between beats, since reset(). On the loop.
class Beats {
 public:
  void beat() {
    const auto now = Clock::now();
    largest_ = std::max(largest_, seconds_between(last_, now));
    last_ = now;
    ++count_;
  }
  void reset() {
    last_ = Clock::now();
    count_ = 0;
    largest_ = 0;
  }
  [[nodiscard]] double largest_ms() const { return largest_ * 1e3; }
  [[nodiscard]] int count() const { return count_; }

 private:
  Clock::time_point last_;
  int count_ = 0;
  double largest_ = 0;
};
Beats heartbeat;

// A thread that only sleeps, for as long as it lives: how punctual the machine lets anybody be.
class Sleeper {
 public:
  ~Sleeper() {
    if (thread_.joinable()) largest_ms();
  }
  double largest_ms() {
    ending_ = true;
    thread_.join();
    return largest_ * 1e3;
  }

 private:
  void run() {
    auto last = Clock::now();
    while (!ending_) {
      std::this_thread::sleep_until(last + kPeriod);
      const auto now = Clock::now();
      largest_ = std::max(largest_, seconds_between(last, now));
      last = now;
    }
  }
  std::atomic<bool> ending_{false};
  double largest_ = 0;
  std::thread thread_{[this] { run(); }};
};

// Whether no beat was late, beyond what the machine did to the sleeping threads.
silex::task<bool> hold_gil(silex::Context ctx, Probe& probe) {
  std::array<Sleeper, 4> sleepers;
  co_await ctx.sleep(200ms);
  heartbeat.reset();
  const auto begin = Clock::now();
  co_await ctx.main_thread([&] { probe.python("hold_gil"); });
  const double gap = heartbeat.largest_ms();
  probe.note("held_seconds", seconds_between(begin, Clock::now()));
  probe.note("beats", heartbeat.count());
  probe.note("largest_gap_ms", gap);
  double sleeping = 0;
  for (Sleeper& sleeper : sleepers) sleeping = std::max(sleeping, sleeper.largest_ms());
  probe.note("largest_gap_of_sleeping_threads_ms", sleeping);
  const double allowed = 10 + std::max(20.0, sleeping);
  probe.note("allowed_gap_ms", allowed);
  co_return gap <= allowed;
}

}  // namespace

silex::task<void> play_heartbeat(silex::Context ctx, Probe& probe) {
  co_await settle(ctx);
  co_await ctx.main_thread([&] { probe.python("calibrate"); });

  silex_timer timer{};
  timer.size = sizeof timer;
  timer.period_ns = static_cast<std::uint64_t>(std::chrono::nanoseconds(kPeriod).count());
  timer.fired = [](void* /*data*/, silex_status reason) {
    if (reason == SILEX_OK) heartbeat.beat();
  };
  silex_id id = 0;
  ctx.api()->timer_start(ctx.handle(), &timer, &id);

  // On a busy machine bad luck may strike just the heartbeat; a fault of ours would every time.
  for (int attempt = 1; attempt <= 3; ++attempt) {
    probe.note("attempts", attempt);
    if (co_await hold_gil(ctx, probe)) break;
  }
  ctx.api()->cancel(ctx.handle(), id);
  co_await ctx.main_thread([&] { probe.python("quit"); });
}

}  // namespace probe
