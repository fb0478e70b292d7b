// The end of a plugin: deinit(), and its code, which must not go while anybody may call it.
#include "bench.hpp"
#include "platform/process.hpp"

namespace silex::validate {

namespace {

// Used and put away, with a wake() left over or without.
Routine use(Bench& bench, Subject& subject, bool leave_a_wake) {
  Adapter adapter(subject);
  const PlayedPump& pump = adapter.attach();
  co_await wake_from_elsewhere(bench, subject, adapter);
  co_await drained(bench, pump, 1);
  if (leave_a_wake) {
    static_cast<void>(adapter.wake());
  } else {
    co_await quiet(bench);
  }
  adapter.detach();
  if (!leave_a_wake) {
    co_await until([&] { return pump.references() <= 0; }, bench.patience / 2);
    co_await quiet(bench);
  }
  adapter.destroy();
}

Routine lets_its_code_go(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  bench.require_host(*subject);
  co_await use(bench, *subject, false);
  const silex_status status = subject->deinit(host);
  if (status != SILEX_OK) {
    fail("deinit() says that it is busy, though it is detached and the host has had time to let go of it: " +
         describe(status, host.take_error()));
  }
  if (subject->close()) {
    bench.note(
        "its code is still mapped after it was unloaded: something keeps it there, such as a symbol that is "
        "unique in a process, a thread_local with a destructor, or -z nodelete");
  }
}

// How many threads more there are when it has been used and has let go.
Routine count_threads_left(Bench& bench, std::size_t& left) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  bench.require_host(*subject);
  co_await quiet(bench);
  const std::size_t before = platform::thread_count();
  co_await use(bench, *subject, false);
  left = 0;
  if (subject->deinit(host) != SILEX_OK) co_return;  // its code stays for them
  const bool gone = co_await until([&] { return platform::thread_count() <= before; }, bench.patience / 2);
  if (!gone) left = platform::thread_count() - before;
}

Routine leaves_no_thread(Bench& bench) {
  std::size_t left = 0;
  co_await count_threads_left(bench, left);
  // A host starts threads of its own, too, but hardly each time.
  if (left > 0 && !bench.copies.empty()) co_await count_threads_left(bench, left);
  if (left > 0) {
    fail(std::to_string(left) +
         " thread(s) are left after deinit() said that its code may go: join them, or say that it is busy");
  }
}

// Where the host calls what is gone, this process ends, and that is the finding.
Routine is_not_called_when_it_is_gone(Bench& bench) {
  const auto subject = bench.open();
  PlayedHost& host = subject->init();
  bench.require_host(*subject);
  co_await use(bench, *subject, true);
  if (subject->deinit(host) != SILEX_OK) co_return;  // busy: its code stays
  subject->close();
  bench.recorder.entering(
      "the host's main loop, after deinit() let the plugin's code go: say SILEX_ERROR_PLUGIN_BUSY "
      "while the host holds a callback");
  co_await quiet(bench);
  co_await quiet(bench);
}

}  // namespace

void add_unload_checks(Bodies& bodies) {
  bodies["plugin.deinit"] = &lets_its_code_go;
  bodies["plugin.threads"] = &leaves_no_thread;
  bodies["plugin.unload"] = &is_not_called_when_it_is_gone;
}

}  // namespace silex::validate
