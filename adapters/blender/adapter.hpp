// The adapter: one persistent timer on Blender's main thread, which drains the queue of deferred calls.
#pragma once

#include "host.hpp"
#include "tick.hpp"

#include <silex/adapter.h>

#include <atomic>
#include <memory>

#include <embed/exit_hook.hpp>
#include <embed/quit_hook.hpp>

namespace silex::blender {

// The functions of silex_adapter; see there. They take the GIL themselves, and throw nothing but from
// attach(): std::exception, with what to tell the user.
class Adapter {
 public:
  explicit Adapter(const python::PythonApi& api, Tick::Now now = &Tempo::Clock::now)
      : api_(api), host_(api), exit_hook_(api), exit_pre_(api), now_(now) {}

  silex_host_mode attach(silex_pump* pump);  // [main-thread]
  void detach() noexcept;                    // [main-thread]
  // Tells the next tick that calls came, and nothing else: registering a timer here would race with Blender,
  // which walks its list of timers without the GIL. [any-thread]
  void wake() noexcept { woken_->store(true, std::memory_order_relaxed); }

 private:
  void forget() noexcept;
  void remove_timer() noexcept;

  const python::PythonApi& api_;
  const Host host_;
  python::ExitHook exit_hook_;
  python::QuitHook exit_pre_;  // where Blender has it
  const Tick::Now now_;
  const std::shared_ptr<std::atomic<bool>> woken_ = std::make_shared<std::atomic<bool>>(false);
  std::shared_ptr<Tick> tick_;
  python::Reference timer_;  // the callable itself: a new one would not be found again
};

}  // namespace silex::blender
