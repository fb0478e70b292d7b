// Blender through its embedded Python: the few things of `bpy` that the adapter needs.
#pragma once

#include <embed/reference.hpp>

namespace silex::blender {

// All of it needs the GIL, and throws python::PythonError. [main-thread]
class Host {
 public:
  explicit Host(const python::PythonApi& api) : api_(api) {}

  // Whether `bpy` is here, and is that of the application. Imports nothing: in a Python with the module build
  // installed, importing `bpy` would start a whole Blender.
  [[nodiscard]] bool is_blender() const;
  // Started with --background: it runs its scripts and exits, and no timer ever fires.
  [[nodiscard]] bool is_background() const;

  // Calls the callable from the main loop: now, and then again after as many seconds as it returns. It stays
  // when a file is loaded. Timers are told apart by the identity of the callable alone.
  void add_timer(const python::Reference& callable) const;
  // Throws where it is no longer there: ValueError.
  void remove_timer(const python::Reference& callable) const;

  // Whether Blender tells at the top of its exit, before anything is torn down: from 5.1 on.
  [[nodiscard]] bool has_exit_pre() const;
  // Hands it a function, which must be one of Python's own: Blender marks it, so that a load does not drop
  // it, and refuses a builtin.
  void add_exit_pre(const python::Reference& function) const;
  // Throws where it is no longer there: ValueError.
  void remove_exit_pre(const python::Reference& function) const;

 private:
  [[nodiscard]] python::Reference app() const;
  [[nodiscard]] python::Reference handlers() const;

  const python::PythonApi& api_;
};

}  // namespace silex::blender
