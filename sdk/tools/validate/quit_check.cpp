#include "quit_check.hpp"

#include "check_list.hpp"

#include <cstdlib>

namespace silex::validate {

namespace {

// What is left attached when the last turn is over, for as long as the process lives.
struct Left {
  std::unique_ptr<Subject> subject;
  std::unique_ptr<Adapter> adapter;
  Recorder* recorder = nullptr;
  bool told = false;
};
Left& left() {
  static Left& the_left = *new Left;
  return the_left;
}

void tell(Result result, const std::string& text) {
  if (std::exchange(left().told, true)) return;
  left().recorder->end("adapter.quit", result, text);
}

// Inside quit(): the adapter is detached, as the runtime does it.
void on_quit() {
  try {
    left().adapter->detach();
    tell(Result::ok, "");
  } catch (const Escaped& escaped) {
    tell(Result::skipped, "a C++ exception left " + escaped.what + "; see abi.exceptions");
  }
}

void on_exit() {
  const PlayedPump& pump = left().adapter->pump();
  if (pump.quits_elsewhere() > 0) {
    return tell(Result::failed, "quit() was called on another thread than the host's main thread");
  }
  tell(Result::failed,
       "the host has ended, and nobody called quit() of the pump: hook the host's end, so that who waits is "
       "told "
       "and no callback is left");
}

}  // namespace

Routine quit_check(Bench& bench) {
  if (bench.mode == HostMode::none) skip("its host is not here: run silex validate with --host");
  left().recorder = &bench.recorder;
  left().subject = bench.open_in_host();
  left().adapter = std::make_unique<Adapter>(*left().subject);
  left().adapter->attach().on_quit = &on_quit;
  std::atexit(&on_exit);
  throw StillOpen{};
  co_return;
}

}  // namespace silex::validate
