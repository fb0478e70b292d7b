#include "fake_blender.hpp"

#include <algorithm>

namespace silex::blender {

using python::FakePython;
using python::Object;

FakeBlender::FakeBlender(FakePython& python)
    : python_(python),
      bpy_(python.make("module")),
      app_(python.make("bpy.app")),
      timers_module_(python.make("module")),
      threading_(python),
      atexit_(python) {
  FakePython::set(python.modules(), "bpy", bpy_);
  FakePython::set(bpy_, "app", app_);
  FakePython::set(app_, "timers", timers_module_);
  FakePython::set(app_, "background", python.make("bool"));
  FakePython::set(app_, "binary_path", python.make_text("/usr/bin/blender"));
  const auto register_function = [this](const auto& a, const auto& k) { return register_timer(a, k); };
  FakePython::set(timers_module_, "register", python.make_function(register_function));
  const auto unregister_function = [this](const auto& a, const auto&) { return unregister_timer(a); };
  FakePython::set(timers_module_, "unregister", python.make_function(unregister_function));
}

FakeBlender::~FakeBlender() {
  EXPECT_EQ(depth_, 0);
}

Object* FakeBlender::register_timer(const Object::Arguments& arguments, const Object::Keywords& keywords) {
  if (arguments.size() != 1) return python_.raise("TypeError", "register() takes 1 positional argument");
  const auto first = keywords.find("first_interval");
  const auto persistent = keywords.find("persistent");
  python_.Py_IncRef(arguments[0]);
  timers_.push_back({arguments[0], persistent != keywords.end() && persistent->second->number != 0,
                     now_ + (first == keywords.end() ? 0 : first->second->number)});
  return python_.new_none();
}

Object* FakeBlender::unregister_timer(const Object::Arguments& arguments) {
  for (Timer& timer : timers_) {
    if (timer.callable != arguments.at(0) || timer.removed) continue;
    remove(timer);
    if (depth_ == 0) sweep();
    return python_.new_none();
  }
  return python_.raise("ValueError", "Error: function is not registered");
}

// Blender drops its reference at once, be the callable running or not.
void FakeBlender::remove(Timer& timer) {
  timer.removed = true;
  python_.Py_DecRef(timer.callable);
}

void FakeBlender::sweep() {
  timers_.remove_if([](const Timer& timer) { return timer.removed; });
}

void FakeBlender::turn(double seconds) {
  now_ += seconds;
  ++depth_;
  for (Timer& timer : timers_) {
    if (!timer.removed && timer.due <= now_) run(timer);
  }
  if (--depth_ == 0) sweep();
}

void FakeBlender::run(Timer& timer) {
  const int state = python_.PyGILState_Ensure();
  Object* const arguments = python_.PyTuple_New(0);
  Object* const result = python_.PyObject_Call(timer.callable, arguments, nullptr);
  python_.Py_DecRef(arguments);
  const bool raised = !result || python_.PyErr_Occurred();
  last_type_ = raised ? "error" : result->type;
  returned_.push_back(result);
  python_.PyErr_Clear();
  if (!timer.removed) {
    if (raised || result->type != "float") {
      remove(timer);
    } else {
      timer.due = now_ + std::max(0.0, result->number);
    }
  }
  // Blender leaks what a timer returns; here that would only hide leaks of ours.
  if (result) python_.Py_DecRef(result);
  python_.PyGILState_Release(state);
}

void FakeBlender::load_file() {
  const int state = python_.PyGILState_Ensure();
  for (Timer& timer : timers_) {
    if (!timer.persistent && !timer.removed) remove(timer);
  }
  if (depth_ == 0) sweep();
  python_.PyGILState_Release(state);
}

void FakeBlender::drop_timers() {
  const int state = python_.PyGILState_Ensure();
  for (Timer& timer : timers_) remove(timer);
  timers_.clear();
  python_.PyGILState_Release(state);
}

void FakeBlender::quit() {
  drop_timers();
  const int state = python_.PyGILState_Ensure();
  atexit_.run();
  python_.PyGILState_Release(state);
  python_.finalize();
}

}  // namespace silex::blender
