// Blender's main loop, timers and exit, as far as an adapter can see them.
#pragma once

#include "fake_modules.hpp"
#include "mock_python.hpp"

#include <chrono>
#include <list>
#include <string>
#include <vector>

namespace silex::blender {

class FakeBlender {
 public:
  explicit FakeBlender(python::FakePython& python);
  ~FakeBlender();
  FakeBlender(const FakeBlender&) = delete;
  FakeBlender& operator=(const FakeBlender&) = delete;

  // One turn of the main loop after so many seconds: timers that are due are called, by the rules of
  // BLI_timer_execute() and py_timer_execute().
  void turn(double seconds = 0.005);
  // Drops the timers that are not persistent.
  void load_file();
  // In Blender's order: exit_pre, timers are freed, then Python runs `atexit` and ends.
  void quit();
  // Blender 5.1: there is bpy.app.handlers.exit_pre.
  void offer_exit_pre();
  [[nodiscard]] std::size_t exit_handlers() const { return exit_pre_ ? exit_pre_->items.size() : 0; }
  void drop_exit_handlers();
  // Somebody else removes all timers.
  void drop_timers();

  [[nodiscard]] std::size_t timers() const { return timers_.size(); }
  [[nodiscard]] double due_in() const { return timers_.front().due - now_; }
  [[nodiscard]] bool has_exit_functions() const { return atexit_.has_functions(); }
  [[nodiscard]] const std::string& last_type() const { return last_type_; }
  [[nodiscard]] const std::vector<python::Object*>& returned() const { return returned_; }

  python::Object* bpy() { return bpy_; }
  python::Object* app() { return app_; }
  python::Object* timers_module() { return timers_module_; }
  python::FakeThreading& threading() { return threading_; }

 private:
  struct Timer {
    python::Object* callable;
    bool persistent;
    double due;
    bool removed = false;
  };
  python::Object* register_timer(const python::Object::Arguments& arguments,
                                 const python::Object::Keywords& keywords);
  python::Object* unregister_timer(const python::Object::Arguments& arguments);
  void run(Timer& timer);
  void remove(Timer& timer);
  void sweep();

  python::FakePython& python_;
  double now_ = 0;
  int depth_ = 0;
  std::list<Timer> timers_;
  std::vector<python::Object*> returned_;  // by timers, for their identity only
  std::string last_type_;                  // of what a timer returned last; "error" where it raised
  python::Object* bpy_;
  python::Object* app_;
  python::Object* timers_module_;
  python::Object* exit_pre_ = nullptr;
  python::FakeThreading threading_;
  python::FakeAtexit atexit_;
  python::FakeBuiltins builtins_;
};

}  // namespace silex::blender
