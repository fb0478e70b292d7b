// What python/probe.py calls, through ctypes. A text that is returned is "" or what went wrong.
#include "probe.hpp"

#include <exception>
#include <string>
#include <type_traits>

using probe::Probe;

namespace {

// Per thread: ctypes copies it before the next call from the same thread.
const char* kept(std::string text) {
  thread_local std::string last;
  last = std::move(text);
  return last.c_str();
}

template <typename Function>
const char* guarded(Function&& function) {
  try {
    function();
    return "";
  } catch (const std::exception& error) {
    return kept(error.what());
  }
}

}  // namespace

#define PROBE_API extern "C" __attribute__((visibility("default")))

PROBE_API Probe* probe_create(int no_pump_ms, int stop_timeout_ms) {
  return new Probe({std::chrono::milliseconds(no_pump_ms), std::chrono::milliseconds(stop_timeout_ms)});
}
PROBE_API void probe_destroy(Probe* self) {
  delete self;
}
PROBE_API const char* probe_choose(Probe* self, const char* name) {
  return guarded([&] { *name ? self->runtime().choose_adapter(name) : self->runtime().choose_adapter(); });
}
PROBE_API const char* probe_adapter(Probe* self) {
  return kept(self->runtime().adapter_name());
}
PROBE_API const char* probe_start(Probe* self) {
  return guarded([&] { self->runtime().start(); });
}
PROBE_API const char* probe_stop(Probe* self) {
  return guarded([&] { self->runtime().stop(); });
}
PROBE_API int probe_is_running(Probe* self) {
  return self->runtime().is_running() ? 1 : 0;
}
PROBE_API const char* probe_log(Probe* self) {
  return kept(self->log());
}

PROBE_API const char* probe_defer(Probe* self, probe::Function function, int count) {
  return guarded([&] { self->calls().defer(self->runtime().context(), function, count); });
}
PROBE_API int probe_deferred(Probe* self) {
  return self->calls().deferred();
}
PROBE_API void probe_defer_slowly(Probe* self, int count) {
  self->defer_slowly(count);
}
PROBE_API const char* probe_defer_python_error(Probe* self) {
  return guarded([&] { self->calls().defer(self->runtime().context(), &probe::leave_python_error, 1); });
}
PROBE_API const char* probe_defer_and_stop(Probe* self) {
  return guarded([&] { self->defer_and_stop(); });
}
PROBE_API int probe_ran(Probe* self) {
  return self->calls().ran();
}
PROBE_API int probe_told(Probe* self) {
  return self->calls().told();
}
PROBE_API int probe_released(Probe* self) {
  return self->calls().released();
}
PROBE_API int probe_outcome(Probe* self, int outcome) {
  return self->calls().outcome(static_cast<silex_outcome>(outcome));
}
// Pumps until every call was told its outcome: "" if so.
PROBE_API const char* probe_pump(Probe* self, int timeout_ms) {
  return guarded([&] {
    const auto all_told = [&] { return self->calls().told() == self->calls().deferred(); };
    if (!self->runtime().pump_until(all_told, std::chrono::milliseconds(timeout_ms))) {
      throw std::runtime_error("timed out");
    }
  });
}

PROBE_API void probe_start_caller(Probe* self) {
  self->start_caller();
}
PROBE_API void probe_call_until_gone(Probe* self) {
  self->call_until_gone();
}
PROBE_API int probe_callers_told(Probe* self) {
  return self->callers_told();
}
PROBE_API void probe_start_chain(Probe* self, int count) {
  self->start_chain(count);
}
PROBE_API double probe_chain_rate(Probe* self) {
  return self->chain_rate();
}

PROBE_API void probe_heartbeat_begin(Probe* self) {
  self->heartbeat().begin(self->runtime().context());
}
PROBE_API void probe_heartbeat_end(Probe* self) {
  self->heartbeat().end(self->runtime().context());
}
PROBE_API double probe_heartbeat_gap(Probe* self) {
  return self->heartbeat().largest_gap_ms();
}
PROBE_API double probe_sleeper_gap(Probe* self) {
  return self->heartbeat().largest_gap_of_sleeper_ms();
}

// How often the adapter was asked to wake the host.
PROBE_API unsigned long long probe_wakes(Probe* self) {
  return self->runtime().metrics().wakes;
}
