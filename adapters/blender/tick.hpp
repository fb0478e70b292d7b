// What Blender's timer calls: one drain of the queue per tick.
#pragma once

#include "tempo.hpp"

#include <silex/pump.hpp>

#include <atomic>
#include <memory>

#include <embed/callable.hpp>

namespace silex::blender {

// [main-thread] with the GIL, but for what is said.
class Tick final : public python::Called {
 public:
  using Now = Tempo::Clock::time_point (*)();

  // `woken` is set by any thread to say that calls came.
  Tick(const python::PythonApi& api, Pump pump, std::shared_ptr<std::atomic<bool>> woken, Now now);

  // Drains, and returns the seconds until the next tick: one of two floats that are made once, since Blender
  // up to 5.0 at least does not release what a timer returns. After stop(): None, which ends the timer.
  python::Object* call() noexcept override;

  // No drain any more. May come from inside one.
  void stop() noexcept { pump_ = {}; }
  // The same where Python is gone already. Needs no GIL.
  void abandon() noexcept;
  [[nodiscard]] bool is_running() const noexcept { return depth_ > 0; }

 private:
  void drop_python_error() noexcept;
  [[nodiscard]] python::Object* new_reference(python::Object* object) const noexcept {
    api_.Py_IncRef(object);
    return object;
  }

  const python::PythonApi& api_;
  Pump pump_;
  const std::shared_ptr<std::atomic<bool>> woken_;
  const Now now_;
  python::Reference hot_;
  python::Reference idle_;
  Tempo tempo_;
  int depth_ = 0;  // a deferred call may run a nested loop, which fires timers too
};

}  // namespace silex::blender
