// wake() and the drain that follows it.
#include "bench.hpp"

namespace silex::validate {

namespace {

// Whether it drains though nobody has woken it, as an adapter does whose host has but a timer.
Routine find_out_whether_it_polls(Bench& bench, const PlayedPump& pump, bool& polls) {
  co_await quiet(bench);
  const int before = pump.drains();
  co_await quiet(bench);
  polls = pump.drains() > before;
}

std::string not_drained(const Bench& bench, const std::string& after) {
  return "no drain came within " + std::to_string(bench.patience.count()) + " ms after " + after +
         ": call drain() of the pump on the host's main thread";
}

Routine is_followed_by_a_drain(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  for (int round = 1; round <= 3; ++round) {
    const int before = pump.drains();
    co_await wake_from_elsewhere(bench, *subject, adapter);
    const bool came = co_await drained(bench, pump, before + 1);
    if (!came) fail(not_drained(bench, "wake() no. " + std::to_string(round)));
  }
}

Routine drains_on_the_main_thread(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  co_await wake_from_elsewhere(bench, *subject, adapter);
  co_await drained(bench, pump, 1);
  static_cast<void>(adapter.wake());  // from the main thread
  co_await drained(bench, pump, 2);
  co_await quiet(bench);
  if (pump.drains_elsewhere() > 0) {
    fail(std::to_string(pump.drains_elsewhere()) +
         " drain(s) came on another thread than the one that attached it: deferred calls would touch the "
         "scene there");
  }
}

Routine drains_once(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  bool polls = false;
  co_await find_out_whether_it_polls(bench, pump, polls);
  if (polls) {
    bench.note("it drains from time to time without being woken: the host's main thread pays for that");
    co_return;
  }
  const int before = pump.drains();
  co_await wake_from_elsewhere(bench, *subject, adapter);
  co_await drained(bench, pump, before + 1);
  co_await quiet(bench);
  const int drains = pump.drains() - before;
  if (drains > 1) {
    fail(std::to_string(drains) +
         " drains came for one wake(): one does all, and asks for another where it must");
  }
}

Routine does_not_drain_inside_wake(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  const int before = pump.drains();
  const silex_status status = adapter.wake();  // a deferred call of the main thread's own
  if (pump.drains() > before) {
    fail(
        "wake() on the main thread drains at once, inside whatever that thread is doing: ask the host for "
        "it");
  }
  if (status != SILEX_OK) fail("wake() on the main thread says no, with status " + std::to_string(status));
  const bool came = co_await drained(bench, pump, before + 1);
  if (!came) fail(not_drained(bench, "wake() on the main thread"));
}

Routine drains_again_for_a_wake_in_a_drain(Bench& bench) {
  const auto subject = bench.open_in_host();
  for (const bool on_main : {true, false}) {
    Adapter adapter(*subject);
    PlayedPump& pump = adapter.attach();
    // As a drain that leaves calls behind does, and a call that comes while it ends.
    const auto wake = [&] {
      if (on_main) {
        static_cast<void>(adapter.wake());
      } else {
        std::thread([&adapter] {
          try {
            static_cast<void>(adapter.wake());
          } catch (const Escaped&) {  // NOLINT(bugprone-empty-catch): abi.exceptions tells it
          }
        }).join();
      }
    };
    int drains = 0;
    pump.on_drain = [&] {
      drains = pump.drains();
      wake();
    };
    co_await wake_from_elsewhere(bench, *subject, adapter);
    const bool came = co_await until([&] { return drains > 0 && pump.drains() > drains; }, bench.patience);
    pump.on_drain = nullptr;
    if (!came) {
      fail(not_drained(bench,
                       std::string("a wake() on ") + (on_main ? "the main" : "another") +
                           " thread while a drain ran, which is how the runtime asks for the next one"));
    }
    adapter.detach();
  }
}

Routine sizes_the_report(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  co_await wake_from_elsewhere(bench, *subject, adapter);
  co_await drained(bench, pump, 1);
  if (pump.small_reports() > 0) {
    fail("drain() was given a silex_drain_report whose size is not set: set it to sizeof, or pass NULL");
  }
}

}  // namespace

void add_wake_checks(Bodies& bodies) {
  bodies["adapter.wake"] = &is_followed_by_a_drain;
  bodies["adapter.drain_thread"] = &drains_on_the_main_thread;
  bodies["adapter.wake_once"] = &drains_once;
  bodies["adapter.wake_inline"] = &does_not_drain_inside_wake;
  bodies["adapter.wake_in_drain"] = &drains_again_for_a_wake_in_a_drain;
  bodies["adapter.drain_report"] = &sizes_the_report;
}

}  // namespace silex::validate
