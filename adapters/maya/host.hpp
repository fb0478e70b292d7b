// Maya through its embedded Python: the few things of `maya` that the adapter needs.
#pragma once

#include <embed/reference.hpp>

namespace silex::maya {

// All of it needs the GIL, and throws python::PythonError. [main-thread] but where it says otherwise: Maya's
// commands raise elsewhere.
class Host {
 public:
  explicit Host(const python::PythonApi& api) : api_(api) {}

  // Whether `maya.cmds` is loaded, and is that of a Maya that runs. Imports nothing: a Python may have a
  // package `maya` that is not Autodesk's, or only its stubs for an editor.
  [[nodiscard]] bool is_maya() const;
  // mayapy, `maya -batch`, a render: there are no idle events.
  [[nodiscard]] bool is_batch() const;

  // Calls the callable once, when Maya is idle and nothing else waits to be.
  // https://help.autodesk.com/cloudhelp/2023/ENU/Maya-Tech-Docs/Commands/evalDeferred.html
  void eval_deferred(const python::Reference& callable) const;
  // maya.utils.executeDeferred: calling it with a callable has Maya call that once, at the next idle event.
  // The only function of Maya's that other threads may call.
  [[nodiscard]] python::Reference execute_deferred() const;

  // Calls the callable, with one argument, just before Maya exits. What it returns must be removed before the
  // plug-in is unloaded:
  // https://help.autodesk.com/cloudhelp/2018/ENU/Maya-SDK/cpp_ref/class_m_scene_message.html
  [[nodiscard]] python::Reference add_exiting_callback(const python::Reference& callable) const;
  // May come from inside that callback.
  void remove_callback(const python::Reference& id) const;

 private:
  const python::PythonApi& api_;
};

}  // namespace silex::maya
