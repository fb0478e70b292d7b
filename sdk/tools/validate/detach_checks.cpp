// Detaching, and what is left of the pump afterwards.
#include "bench.hpp"

namespace silex::validate {

namespace {

Routine is_silent_after_detach(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  co_await wake_from_elsewhere(bench, *subject, adapter);
  co_await drained(bench, pump, 1);
  static_cast<void>(adapter.wake());  // here, so that no turn of the loop comes in between
  constexpr int may_come = 2;         // the one that was asked for, and that of a timer which was due
  adapter.detach();
  const int drains = pump.drains();
  co_await quiet(bench);
  co_await quiet(bench);
  if (pump.drains() != drains) fail("a drain came through after detach()");
  if (pump.late_drains() > may_come) {
    fail("the host goes on calling drain() after detach() (" + std::to_string(pump.late_drains()) +
         " times for one wake() that was left): unregister what was registered in attach()");
  }
}

Routine gives_all_references_back(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  co_await wake_from_elsewhere(bench, *subject, adapter);
  co_await drained(bench, pump, 1);
  static_cast<void>(adapter.wake());  // what the host still holds holds one, too
  adapter.detach();
  co_await until([&] { return pump.references() <= 0; }, bench.patience / 2);
  co_await quiet(bench);
  if (!pump.misused().empty()) {
    fail("the pump's " + pump.misused() +
         " was called when all its references had been given back: what the host holds needs one of its own");
  }
  if (pump.references() > 0) {
    fail(std::to_string(pump.references()) +
         " reference(s) of the pump are left after detach(), and are never given "
         "back: release what was retained");
  }
}

Routine may_be_detached_inside_a_drain(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  PlayedPump& pump = adapter.attach();
  bool detached = false;
  std::exception_ptr thrown;
  pump.on_drain = [&] {  // a deferred call that stops the runtime
    try {
      adapter.detach();
    } catch (...) {
      thrown = std::current_exception();
    }
    detached = true;
  };
  static_cast<void>(adapter.wake());  // here: one that is detached must not be woken
  co_await until([&] { return detached; }, bench.patience);
  if (thrown) std::rethrow_exception(thrown);
  co_await quiet(bench);
  if (!pump.misused().empty()) {
    fail("detach() came from inside a drain, and then the pump's " + pump.misused() +
         " was called though all its references had been given back: hold one while drain() runs");
  }
}

Routine may_be_attached_again(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  for (int round = 1; round <= 3; ++round) {
    const silex_status status = adapter.try_to_attach();
    if (status != SILEX_OK) {
      fail("attach() no. " + std::to_string(round) + ", after detach(), says no with status " +
           std::to_string(status) + ": a runtime may be started again after a stop");
    }
    const PlayedPump& pump = adapter.pump();
    co_await wake_from_elsewhere(bench, *subject, adapter);
    const bool came = co_await drained(bench, pump, 1);
    if (!came) fail("no drain came for the pump of attach() no. " + std::to_string(round));
    adapter.detach();
  }
}

Routine serves_two_adapters(Bench& bench) {
  const auto subject = bench.open();
  subject->init();
  bench.require_host(*subject);
  PlayedHost& second_host = PlayedHost::make();
  if (subject->init(second_host) != SILEX_OK) skip("it does not serve two runtimes");
  Adapter first(*subject);
  first.attach();
  const silex_adapter* const made = subject->create();
  if (!made) {
    if (second_host.take_error().empty()) fail("create() makes no second adapter, and does not say why");
    co_return;  // one at a time, and it says so
  }
  Adapter second(*subject, made);
  const silex_status status = second.try_to_attach();
  if (status != SILEX_OK) {
    if (second_host.take_error().empty()) fail("attach() of a second adapter says no, and does not say why");
    co_return;
  }
  for (Adapter* const woken : {&first, &second}) {
    const int before = woken->pump().drains();
    co_await wake_from_elsewhere(bench, *subject, *woken);
    const bool came = co_await drained(bench, woken->pump(), before + 1);
    if (!came) {
      fail(std::string("of two adapters, the ") + (woken == &first ? "first" : "second") +
           " was woken, and its pump was not drained: keep what belongs to one in `self`, and no more in "
           "variables");
    }
  }
  first.detach();
  first.destroy();
  const int before = second.pump().drains();
  co_await wake_from_elsewhere(bench, *subject, second);
  const bool came = co_await drained(bench, second.pump(), before + 1);
  if (!came) fail("of two adapters, the first was destroyed, and the second is not drained any more");
}

}  // namespace

void add_detach_checks(Bodies& bodies) {
  bodies["adapter.wake_after_detach"] = &is_silent_after_detach;
  bodies["adapter.pump_references"] = &gives_all_references_back;
  bodies["adapter.detach_in_drain"] = &may_be_detached_inside_a_drain;
  bodies["adapter.attach_again"] = &may_be_attached_again;
  bodies["adapter.two_adapters"] = &serves_two_adapters;
}

}  // namespace silex::validate
