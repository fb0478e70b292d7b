// Houdini through its embedded Python: the few things of `hou`, and of a Qt that is loaded already, that the
// adapter needs.
#pragma once

#include <embed/reference.hpp>

namespace silex::houdini {

// All of it needs the GIL, and throws python::PythonError. [main-thread]
class Host {
 public:
  explicit Host(const python::PythonApi& api) : api_(api) {}

  // Whether `hou` is here. Imports nothing: in a Python that finds Houdini's libraries, importing `hou` would
  // start a whole Houdini.
  [[nodiscard]] bool is_houdini() const;
  // Whether it has an event loop: not in hython, where there is no `hou.ui`, and where importing hdefereval
  // raises ImportError.
  [[nodiscard]] bool has_event_loop() const;

  // Calls the callable from the event loop, about every 50 ms, unless Houdini is busy.
  // https://www.sidefx.com/docs/houdini/hom/hou/ui.html
  void add_callback(const python::Reference& callable) const;
  // Throws where it is not registered: hou.OperationFailed.
  void remove_callback(const python::Reference& callable) const;
  // The same at the next turn of the event loop, when none of the callbacks is running.
  void remove_callback_later(const python::Reference& callable) const;
  [[nodiscard]] bool has_callback(const python::Reference& callable) const;

  // Calls the callable whenever a scene is cleared, loaded, merged or saved.
  void add_scene_callback(const python::Reference& callable) const;
  // Throws where it is not registered: hou.OperationFailed.
  void remove_scene_callback(const python::Reference& callable) const;

  // The signal with which Qt says that the application is about to quit; empty where no Qt is loaded that
  // runs an application.
  [[nodiscard]] python::Reference about_to_quit() const;

 private:
  [[nodiscard]] python::Reference hou() const;
  [[nodiscard]] python::Reference ui(const char* function) const;

  const python::PythonApi& api_;
};

}  // namespace silex::houdini
