// What a host's hook calls when the host is quitting.
#pragma once

#include "embed/callable.hpp"

#include <silex/pump.hpp>

#include <functional>
#include <utility>

namespace silex::python {

// Stops the runtime, from one of the host's hooks that says that it quits; a stop that takes too long is
// logged. Without the GIL. [main-thread]
void quit(const Pump& pump);

// All of it needs the GIL.
class QuitCall final : public Called {
 public:
  // `quit` must not throw.
  QuitCall(const PythonApi& api, std::function<void()> quit) : api_(api), quit_(std::move(quit)) {}

  // Calls `quit` the first time, without the GIL: other threads may need it in order to end.
  Object* call() noexcept override;
  // From now on it does nothing. May come from inside `quit`.
  void disarm() noexcept { quit_ = nullptr; }
  [[nodiscard]] bool is_running() const noexcept { return running_; }

 private:
  const PythonApi& api_;
  std::function<void()> quit_;
  bool running_ = false;
};

}  // namespace silex::python
