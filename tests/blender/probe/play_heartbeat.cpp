// A 10 ms timer on the loop, as the heartbeat of a connection would be, while Python holds the GIL. A thread
// that only sleeps stands beside it: what makes both late is the machine, not us.
#include "probe.hpp"

#include <algorithm>
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

class Sleeper {
 public:
  ~Sleeper() {
    ending_ = true;
    thread_.join();
  }
  // Beats are the thread's own: they are measured from here to there.
  void measure() { measuring_ = true; }
  double largest_ms() {
    measuring_ = false;
    return largest_.load() * 1e3;
  }

 private:
  void run() {
    auto last = Clock::now();
    for (auto due = last + kPeriod; !ending_; due += kPeriod) {
      std::this_thread::sleep_until(due);
      const auto now = Clock::now();
      if (measuring_) largest_ = std::max(largest_.load(), seconds_between(last, now));
      last = now;
      due = std::max(due, now - kPeriod);
    }
  }
  std::atomic<bool> ending_{false};
  std::atomic<bool> measuring_{false};
  std::atomic<double> largest_{0};
  std::thread thread_{[this] { run(); }};
};

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

  {
    Sleeper sleeper;
    co_await ctx.sleep(200ms);
    heartbeat.reset();
    sleeper.measure();
    const auto begin = Clock::now();
    co_await ctx.main_thread([&] { probe.python("hold_gil"); });
    probe.note("held_seconds", seconds_between(begin, Clock::now()));
    probe.note("beats", heartbeat.count());
    probe.note("largest_gap_ms", heartbeat.largest_ms());
    probe.note("largest_gap_of_a_sleeping_thread_ms", sleeper.largest_ms());
  }
  ctx.api()->cancel(ctx.handle(), id);
  co_await ctx.main_thread([&] { probe.python("quit"); });
}

}  // namespace probe
