// wake() while the host is held, or asked for more than once, or turns a loop inside another one.
#include "bench.hpp"

#include <future>

namespace silex::validate {

namespace {

constexpr std::chrono::milliseconds kHeld(2000);  // as a render holds the main thread
constexpr int kMany = 1000;

// On a thread of its own, which is not waited for.
struct Waking {
  explicit Waking(Adapter& adapter)
      : status(std::make_shared<std::promise<silex_status>>()), told(status->get_future()) {
    std::thread([&adapter, status = status] {
      try {
        status->set_value(adapter.wake());
      } catch (...) {
        status->set_exception(std::current_exception());
      }
    }).detach();
  }
  std::shared_ptr<std::promise<silex_status>> status;
  std::future<silex_status> told;
};

Routine returns_from_wake_at_once(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  adapter.attach();
  Waking waking(adapter);
  // The main thread is held here, with whatever locks the host holds.
  if (waking.told.wait_for(bench.patience) != std::future_status::ready) {
    subject->leave_alone();
    fail("wake() on another thread did not return while the main thread was held for " +
         std::to_string(bench.patience.count()) +
         " ms: it must take no lock that the main thread may hold, and wait for nothing");
  }
  const silex_status status = waking.told.get();
  if (status != SILEX_OK)
    fail("wake() says no while the main thread is held, with status " + std::to_string(status));
  co_await drained(bench, adapter.pump(), 1);
}

Routine drains_when_the_host_is_free_again(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  Waking waking(adapter);
  static_cast<void>(waking.told.wait_for(kHeld));  // held from the wake on
  std::this_thread::sleep_for(kHeld);
  const bool came = co_await drained(bench, pump, 1);
  if (!came) {
    fail("no drain came for a wake() while the host held its main thread for " +
         std::to_string(kHeld.count()) + " ms: keep asking until it is free");
  }
  const bool returned = waking.told.wait_for(bench.patience) == std::future_status::ready;
  if (!returned) subject->leave_alone();
}

Routine bears_many_wakes(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  bool refused = false;
  const std::function<void()> wake = [&] {
    for (int i = 0; i < kMany; ++i) refused = adapter.wake() != SILEX_OK || refused;
  };
  std::promise<void> returned;
  std::thread([&] {
    try {
      wake();
      returned.set_value();
    } catch (...) {
      returned.set_exception(std::current_exception());
    }
  }).join();  // the main thread is held
  returned.get_future().get();
  if (refused) {
    fail(
        "wake() says no where it is called again before a drain, as the runtime does where none came for a "
        "while");
  }
  const bool came = co_await drained(bench, pump, 1);
  if (!came) fail("no drain came after " + std::to_string(kMany) + " wake()s in a row");
  co_await until([&, seen = -1]() mutable { return std::exchange(seen, pump.drains()) == seen; },
                 bench.patience);
  co_await quiet(bench);
  if (pump.drains() > kMany + kMany / 10) {  // one that polls drains now and then, too
    fail(std::to_string(pump.drains()) + " drains came for " + std::to_string(kMany) +
         " wake()s: one of them may ask for one drain at most");
  }
}

Routine drains_inside_a_nested_loop(Bench& bench) {
  const auto subject = bench.open_in_host();
  if (!bench.host.run_once)
    skip("the host can't turn its loop from inside: it gives no silex_validate_host.run_once");
  Adapter adapter(*subject);
  PlayedPump& pump = adapter.attach();
  bool ran = false;
  bool nested = false;
  std::exception_ptr thrown;
  pump.on_drain = [&] {
    const int before = pump.drains();
    try {
      static_cast<void>(adapter.wake());  // for the next call, which came while a dialog opens
    } catch (...) {
      thrown = std::current_exception();
    }
    const auto end = Clock::now() + bench.patience;
    while (!thrown && pump.drains() == before && Clock::now() < end) bench.host.run_once();
    nested = pump.drains() > before;
    ran = true;  // not before: the loop inside may call turn(), and so go on here
  };
  co_await wake_from_elsewhere(bench, *subject, adapter);
  co_await until([&] { return ran; }, 2 * bench.patience);
  if (thrown) std::rethrow_exception(thrown);
  if (ran && !nested) {
    fail("no drain came while a loop of the host turned inside a drain for " +
         std::to_string(bench.patience.count()) +
         " ms: behind a modal dialog, calls would wait until it is closed");
  }
}

}  // namespace

void add_busy_checks(Bodies& bodies) {
  bodies["adapter.wake_blocks"] = &returns_from_wake_at_once;
  bodies["adapter.slow_host"] = &drains_when_the_host_is_free_again;
  bodies["adapter.wake_many"] = &bears_many_wakes;
  bodies["adapter.nested_loop"] = &drains_inside_a_nested_loop;
}

}  // namespace silex::validate
