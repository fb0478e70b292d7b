// The adapter: one persistent callback of Houdini's event loop, which drains the queue of deferred calls.
#pragma once

#include "host.hpp"
#include "scene_watch.hpp"

#include <silex/adapter.h>

#include <memory>

#include <embed/exit_hook.hpp>
#include <embed/quit_hook.hpp>
#include <embed/tick.hpp>

namespace silex::houdini {

// The functions of silex_adapter; see there. They take the GIL themselves, and throw nothing but from
// attach(): std::exception, with what to tell the user.
class Adapter {
 public:
  explicit Adapter(const python::PythonApi& api)
      : api_(api), host_(api), exit_hook_(api), qt_hook_(api), scene_watch_(api) {}

  silex_host_mode attach(silex_pump* pump);  // [main-thread]
  void detach() noexcept;                    // [main-thread]
  // Nothing: the callback comes by itself, and whatever would hasten it (hdefereval, hou.ui) needs the GIL
  // and the HOM lock, both of which the main thread may hold for as long as it cooks. [any-thread]
  void wake() noexcept {}

 private:
  void listen_to_qt(const Pump& pump);
  void leave_qt() noexcept;
  void remove_callback() noexcept;
  void forget() noexcept;

  const python::PythonApi& api_;
  const Host host_;
  python::ExitHook exit_hook_;
  python::QuitHook qt_hook_;
  SceneWatch scene_watch_;
  std::shared_ptr<python::Tick> tick_;
  python::Reference callback_;       // the callable itself: hou.ui finds no other
  python::Reference about_to_quit_;  // Qt's signal, where there is one
};

}  // namespace silex::houdini
