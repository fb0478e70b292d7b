#include "embed/tick.hpp"

#include "embed/gil.hpp"

#include <exception>
#include <string>

namespace silex::python {

Object* Tick::call() noexcept {
  const Pump pump = pump_;  // stop() may come from inside the drain
  silex_drain_report report{sizeof(silex_drain_report), 0, 0};
  silex_status drained = SILEX_ERROR_HOST_GONE;
  ++depth_;
  if (pump) {
    // Not for the calls' sake, which take the GIL where they need it, but for that of other Python threads.
    const WithoutGil others_go_on(api_);
    int drains = 0;
    do {
      report.calls_run = 0;
      drained = pump.drain(report);
    } while (drained == SILEX_OK && pump_ && report.calls_run > 0 && ++drains < most_drains_);
  }
  --depth_;
  drop_python_error();
  if (!pump_ || drained == SILEX_ERROR_HOST_GONE) return new_reference(api_.none);
  return answer(report);
}

// A deferred call may leave one behind. Python would raise it as the tick's own, and hosts drop a callback
// that raised.
void Tick::drop_python_error() noexcept {
  if (!api_.PyErr_Occurred()) return;
  try {
    const std::string error = take_error(api_);
    pump_.log(SILEX_LOG_WARNING, "a deferred call left a Python error behind, which is dropped: " + error);
  } catch (const std::exception&) {
    api_.PyErr_Clear();
  }
}

}  // namespace silex::python
