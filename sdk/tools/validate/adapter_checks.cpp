// An adapter in its host: made, attached, and what the host has of it while nobody wakes it.
#include "bench.hpp"
#include "plugin/entry_check.hpp"

namespace silex::validate {

namespace {

const silex_adapter* made_by(Subject& subject) {
  const silex_adapter* const adapter = subject.create();
  if (!adapter) fail("create() made nothing, though detect() says that the host is here");
  return adapter;
}

Routine has_an_adapter_of_the_right_size(Bench& bench) {
  const auto subject = bench.open_in_host();
  const std::string fault = fault_in_layout(made_by(*subject));
  if (!fault.empty()) fail("the adapter is broken: " + fault);
  co_return;
}

Routine has_a_whole_adapter(Bench& bench) {
  const auto subject = bench.open_in_host();
  const silex_adapter* const adapter = made_by(*subject);
  const std::string fault = fault_in(adapter);
  if (!fault.empty()) fail("the adapter is broken: " + fault);
  co_return;
}

Routine may_be_destroyed_at_once(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  adapter.destroy();
  co_await quiet(bench);  // in which a callback into what is gone would come
}

Routine attaches_and_detaches(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  bench.require_host(*subject);
  Adapter adapter(*subject);
  const silex_status status = adapter.try_to_attach();
  if (status != SILEX_OK) fail("attach() says no: " + describe(status, host.take_error()));
  adapter.detach();
  co_return;
}

Routine tells_the_mode(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  adapter.attach();
  const std::uint32_t mode = adapter.mode();
  if (mode != SILEX_HOST_INTERACTIVE && mode != SILEX_HOST_BATCH) {
    fail("attach() succeeds without writing SILEX_HOST_INTERACTIVE or SILEX_HOST_BATCH to the mode");
  }
  if (bench.mode == HostMode::batch && mode != SILEX_HOST_BATCH) {
    fail(
        "attach() tells SILEX_HOST_INTERACTIVE in a batch host, so who defers a call waits for ever: tell "
        "SILEX_HOST_BATCH where no main loop runs");
  }
  if (bench.mode == HostMode::interactive && mode != SILEX_HOST_INTERACTIVE) {
    fail(
        "attach() tells SILEX_HOST_BATCH in a host with a main loop, so nobody is woken there (with --batch "
        "the "
        "host is checked as a batch one)");
  }
  co_return;
}

Routine does_not_drain_as_it_attaches(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  if (pump.drains() > 0) {
    fail("attach() drains the pump: the runtime has not started yet, so wait for wake()");
  }
  co_return;
}

Routine leaves_nothing_where_the_host_refuses(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  bench.require_host(*subject);
  if (!bench.host.refuse) skip("the host can't refuse: it gives no silex_validate_host.refuse");
  Adapter adapter(*subject);
  bench.host.refuse(true);
  const silex_status status = adapter.try_to_attach();
  bench.host.refuse(false);
  if (status == SILEX_OK) fail("attach() succeeds, though the host refuses what it asks for");
  if (host.take_error().empty()) fail("attach() says no, and does not say why: call set_error()");
  co_await quiet(bench);
  const PlayedPump& pump = adapter.pump();
  if (pump.late_drains() > 0)
    fail("attach() said no, and the host drains nevertheless: unregister what was registered");
  if (pump.references() != 0) {
    fail("attach() said no, and kept " + std::to_string(pump.references()) + " reference(s) of the pump");
  }
  if (!pump.misused().empty()) fail("attach() said no, and later called " + pump.misused() + " of the pump");
}

Routine leaves_a_batch_host_alone(Bench& bench) {
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  if (adapter.mode() != SILEX_HOST_BATCH)
    skip("this host is interactive: run it in a batch one, with --batch");
  co_await quiet(bench);
  if (pump.drains() > 0) fail("it drains by itself in a batch host, in which somebody else pumps");
}

Routine leaves_the_host_alone(Bench& bench) {
  constexpr int most_per_second = 100;  // as often as a host draws, at most
  const auto subject = bench.open_in_host();
  Adapter adapter(*subject);
  const PlayedPump& pump = adapter.attach();
  co_await quiet(bench);  // what it does as it begins
  const int before = pump.drains();
  const auto begin = Clock::now();
  co_await quiet(bench);
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  const int rate = static_cast<int>((pump.drains() - before) / seconds.count());
  if (rate > most_per_second) {
    fail("it drains " + std::to_string(rate) +
         " times a second though nobody wakes it, which costs the host's main thread: wait for wake()");
  }
}

}  // namespace

void add_adapter_checks(Bodies& bodies) {
  bodies["adapter.size"] = &has_an_adapter_of_the_right_size;
  bodies["adapter.members"] = &has_a_whole_adapter;
  bodies["adapter.destroy"] = &may_be_destroyed_at_once;
  bodies["adapter.attach"] = &attaches_and_detaches;
  bodies["adapter.mode"] = &tells_the_mode;
  bodies["adapter.attach_drains"] = &does_not_drain_as_it_attaches;
  bodies["adapter.attach_refused"] = &leaves_nothing_where_the_host_refuses;
  bodies["adapter.batch"] = &leaves_a_batch_host_alone;
  bodies["adapter.idle"] = &leaves_the_host_alone;
}

}  // namespace silex::validate
