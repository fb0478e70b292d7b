#include "fake_blender.hpp"

#include <algorithm>
#include <utility>

namespace silex::blender {

using python::FakePython;
using python::Object;

FakeBlender::FakeBlender(FakePython& python)
    : python_(python),
      bpy_(python.make("module")),
      app_(python.make("bpy.app")),
      timers_module_(python.make("module")),
      threading_(python),
      atexit_(python),
      builtins_(python) {
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

void FakeBlender::offer_exit_pre() {
  Object* const handlers = python_.make("module");
  FakePython::set(app_, "handlers", handlers);
  const auto persistent = [this](const auto& arguments, const auto&) {
    if (arguments.at(0)->type != "function") return python_.raise("ValueError", "expected a function");
    FakePython::set(arguments.at(0), "_bpy_persistent", python_.new_none());
    return python_.new_none();
  };
  FakePython::set(handlers, "persistent", python_.make_function(persistent));
  exit_pre_ = python_.make("list");
  FakePython::set(handlers, "exit_pre", exit_pre_);
  const auto append = [this](const auto& arguments, const auto&) {
    python_.Py_IncRef(arguments.at(0));
    exit_pre_->items.push_back(arguments.at(0));
    return python_.new_none();
  };
  FakePython::set(exit_pre_, "append", python_.make_function(append));
  const auto remove = [this](const auto& arguments, const auto&) {
    const auto found = std::find(exit_pre_->items.begin(), exit_pre_->items.end(), arguments.at(0));
    if (found == exit_pre_->items.end()) return python_.raise("ValueError", "list.remove(x): x not in list");
    exit_pre_->items.erase(found);
    python_.Py_DecRef(arguments.at(0));
    return python_.new_none();
  };
  FakePython::set(exit_pre_, "remove", python_.make_function(remove));
}

void FakeBlender::drop_exit_handlers() {
  const int state = python_.PyGILState_Ensure();
  for (Object* const handler : std::exchange(exit_pre_->items, {})) python_.Py_DecRef(handler);
  python_.PyGILState_Release(state);
}

void FakeBlender::quit() {
  const int state = python_.PyGILState_Ensure();
  Object* const arguments = python_.PyTuple_New(0);
  for (std::size_t i = 0; i < exit_handlers(); ++i) {
    if (Object* const answer = python_.PyObject_Call(exit_pre_->items[i], arguments, nullptr)) {
      python_.Py_DecRef(answer);
    }
  }
  python_.Py_DecRef(arguments);
  drop_timers();
  atexit_.run();
  python_.PyGILState_Release(state);
  python_.finalize();
}

}  // namespace silex::blender
