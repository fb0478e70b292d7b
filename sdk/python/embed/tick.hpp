// What a host's scheduler calls on the main thread: one drain of the queue per call.
#pragma once

#include "embed/callable.hpp"

#include <silex/pump.hpp>

#include <string>
#include <utility>

namespace silex::python {

// [main-thread] with the GIL, but for what is said.
class Tick : public Called {
 public:
  // `most_drains`: as often a tick drains, as long as calls come, before the host has its turn; each drain
  // has the runtime's budget. More than one is for hosts whose next tick is far off.
  Tick(const PythonApi& api, Pump pump, int most_drains = 1)
      : api_(api), pump_(std::move(pump)), most_drains_(most_drains) {}

  // Drains without the GIL, drops an error that a deferred call left set, and returns answer(); after stop(),
  // and once the runtime is gone, None.
  Object* call() noexcept final;

  // No drain any more. May come from inside one.
  void stop() noexcept { pump_ = {}; }
  // The same where Python is gone already: what was kept of it is forgotten. Needs no GIL.
  virtual void abandon() noexcept { stop(); }
  // Writes to the runtime's log; nothing after stop(). Needs no GIL.
  void log(silex_log_level level, const std::string& message) const { pump_.log(level, message); }
  // Whether it is inside a drain, which may run a nested loop of the host's with further ticks in it.
  [[nodiscard]] bool is_running() const noexcept { return depth_ > 0; }

 protected:
  // What the host is given after a drain: a new reference.
  virtual Object* answer(const silex_drain_report& /*drained*/) noexcept { return new_reference(api_.none); }

  [[nodiscard]] Object* new_reference(Object* object) const noexcept {
    api_.Py_IncRef(object);
    return object;
  }
  [[nodiscard]] const PythonApi& api() const noexcept { return api_; }

 private:
  void drop_python_error() noexcept;

  const PythonApi& api_;
  Pump pump_;
  const int most_drains_;
  int depth_ = 0;
};

}  // namespace silex::python
