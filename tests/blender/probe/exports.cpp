// What the startup script calls, through ctypes. Each returns "" or what went wrong.
#include "probe.hpp"

#include <exception>
#include <string>

namespace {

// Never destroyed: what ends a process must not depend on the order of destructors in it.
probe::Probe& the_probe() {
  static auto* const instance = new probe::Probe;
  return *instance;
}

template <typename Function>
const char* guarded(Function&& function) {
  static std::string text;
  try {
    text.clear();
    if constexpr (std::is_void_v<decltype(function())>) {
      function();
    } else {
      text = function();
    }
  } catch (const std::exception& error) {
    text = error.what();
  }
  return text.c_str();
}

}  // namespace

#define PROBE_API extern "C" __attribute__((visibility("default")))

PROBE_API const char* probe_open(int no_pump_ms) {
  return guarded([&] { the_probe().open(std::chrono::milliseconds(no_pump_ms)); });
}
PROBE_API const char* probe_close() {
  return guarded([] { the_probe().close(); });
}
PROBE_API const char* probe_stop() {
  return guarded([] { the_probe().stop(); });
}
PROBE_API const char* probe_start() {
  return guarded([] { the_probe().start(); });
}
PROBE_API void probe_python(probe::PythonCallback callback) {
  the_probe().set_python(callback);
}
PROBE_API const char* probe_play(const char* scenario) {
  return guarded([&] { the_probe().play(scenario); });
}
PROBE_API int probe_has_ended() {
  return the_probe().has_ended() ? 1 : 0;
}
// Pumps until the scenario has ended: "" if it has.
PROBE_API const char* probe_pump(int timeout_ms) {
  return guarded([&]() -> std::string {
    const auto ended = [] { return the_probe().has_ended(); };
    return the_probe().runtime().pump_until(ended, std::chrono::milliseconds(timeout_ms)) ? "" : "timed out";
  });
}
PROBE_API const char* probe_json() {
  return guarded([] { return the_probe().json(); });
}
