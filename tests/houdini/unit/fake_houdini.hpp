// Houdini's event loop, scenes and exit, as far as an adapter can see them.
#pragma once

#include "fake_modules.hpp"
#include "mock_python.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace silex::houdini {

class FakeHoudini {
 public:
  explicit FakeHoudini(python::FakePython& python);
  ~FakeHoudini();
  FakeHoudini(const FakeHoudini&) = delete;
  FakeHoudini& operator=(const FakeHoudini&) = delete;

  // hython: no hou.ui.
  void lose_window();
  // A Qt with an application, as `PySide6` or `PySide2`.
  void load_qt(const std::string& binding);

  // One turn of the event loop: what was posted, then each callback.
  void turn();
  // Tells those who listen to scenes; `drops`: the callbacks of the event loop go.
  void load_scene(bool drops);
  // Somebody else removes every callback.
  void drop_callbacks();
  // aboutToQuit where there is a Qt, then atexit, then the end of Python.
  void quit();

  [[nodiscard]] std::size_t callbacks() const { return callbacks_.size(); }
  [[nodiscard]] std::size_t scene_callbacks() const { return scene_callbacks_.size(); }
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }
  [[nodiscard]] bool has_exit_functions() const { return atexit_.has_functions(); }
  // Removals that found nothing, and what raised into the loop.
  [[nodiscard]] int failures() const { return failures_; }

  python::Object* hou() { return hou_; }
  python::Object* ui() { return ui_; }
  python::FakeThreading& threading() { return threading_; }

 private:
  using List = std::vector<python::Object*>;
  python::Object* function(python::Object* (FakeHoudini::*does)(python::Object*));
  python::Object* add_to(List& list, python::Object* callable);
  python::Object* remove_from(List& list, python::Object* callable);
  void call(python::Object* callable);
  void call_each(List list);
  void clear(List& list);
  void make_ui();
  void make_scenes();
  void make_functools();

  python::FakePython& python_;
  List callbacks_;
  List scene_callbacks_;
  List posted_;
  List connections_;
  int failures_ = 0;
  python::Object* hou_;
  python::Object* ui_ = nullptr;
  python::FakeThreading threading_;
  python::FakeAtexit atexit_;
  python::FakeBuiltins builtins_;
};

}  // namespace silex::houdini
