// The adapter: one tick by maya.utils.executeDeferred for each wake, asked for by one thread.
#pragma once

#include "host.hpp"

#include <silex/adapter.h>
#include <silex/pump.hpp>

#include <memory>

#include <embed/exit_hook.hpp>
#include <embed/quit_call.hpp>
#include <embed/tick.hpp>
#include <embed/waker.hpp>

namespace silex::maya {

// The functions of silex_adapter; see there. They take the GIL themselves, and throw nothing but from
// attach(): std::exception, with what to tell the user.
class Adapter {
 public:
  explicit Adapter(const python::PythonApi& api) : api_(api), host_(api), exit_hook_(api) {}

  // With a window, nothing but an evalDeferred is asked of Maya here: it may be inside initializePlugin,
  // where an executeDeferred from another thread freezes it for good. The first idle event does the rest.
  // [main-thread]
  silex_host_mode attach(silex_pump* pump);
  void detach() noexcept;  // [main-thread]
  // Remembered until Maya was idle for the first time. [any-thread]
  void wake() noexcept { waker_->wake(); }

 private:
  class Start;

  void start();
  void disarm() noexcept;
  void forget() noexcept;

  const python::PythonApi& api_;
  const Host host_;
  python::ExitHook exit_hook_;
  std::unique_ptr<python::Waker> waker_;
  std::shared_ptr<python::Tick> tick_;
  std::shared_ptr<Start> start_;
  std::shared_ptr<python::QuitCall> quit_;
  python::Reference exiting_callback_;  // its id
};

}  // namespace silex::maya
