#include "tick.hpp"

#include <exception>
#include <string>
#include <utility>

#include <embed/gil.hpp>

namespace silex::blender {

using python::Reference;

Tick::Tick(const python::PythonApi& api, Pump pump, std::shared_ptr<std::atomic<bool>> woken, Now now)
    : api_(api),
      pump_(std::move(pump)),
      woken_(std::move(woken)),
      now_(now),
      hot_(Reference::owned(api, api.PyFloat_FromDouble(Tempo::kHotSeconds))),
      idle_(Reference::owned(api, api.PyFloat_FromDouble(Tempo::kIdleSeconds))) {}

python::Object* Tick::call() noexcept {
  const Pump pump = pump_;  // stop() may come from inside the drain
  const bool woken = woken_->exchange(false, std::memory_order_relaxed);
  silex_drain_report report{sizeof(silex_drain_report), 0, 0};
  ++depth_;
  silex_status drained = SILEX_ERROR_HOST_GONE;
  if (pump) {
    // Not for the calls' sake, which take the GIL where they need it, but for that of other Python threads.
    const python::WithoutGil others_go_on(api_);
    drained = pump.drain(report);
  }
  --depth_;
  drop_python_error();
  if (!pump_ || drained == SILEX_ERROR_HOST_GONE) return new_reference(api_.none);
  const bool active = woken || report.calls_run > 0 || report.calls_left > 0;
  return new_reference((tempo_.is_hot(now_(), active) ? hot_ : idle_).get());
}

void Tick::abandon() noexcept {
  stop();
  static_cast<void>(hot_.release());
  static_cast<void>(idle_.release());
}

// A deferred call may leave one behind. Python would raise it as the tick's own, and Blender never calls a
// timer again that raised.
void Tick::drop_python_error() noexcept {
  if (!api_.PyErr_Occurred()) return;
  try {
    const std::string error = python::take_error(api_);
    pump_.log(SILEX_LOG_WARNING, "a deferred call left a Python error behind, which is dropped: " + error);
  } catch (const std::exception&) {
    api_.PyErr_Clear();
  }
}

}  // namespace silex::blender
