#include "fake_houdini.hpp"

#include <algorithm>
#include <utility>

namespace silex::houdini {

using python::FakePython;
using python::Object;

FakeHoudini::FakeHoudini(FakePython& python)
    : python_(python), hou_(python.make("module")), threading_(python), atexit_(python), builtins_(python) {
  FakePython::set(python.modules(), "hou", hou_);
  const auto is_ui_available = [this](const auto&, const auto&) {
    return python_.PyBool_FromLong(ui_ ? 1 : 0);
  };
  FakePython::set(hou_, "isUIAvailable", python.make_function(is_ui_available));
  make_ui();
  make_scenes();
  make_functools();
}

FakeHoudini::~FakeHoudini() {
  EXPECT_EQ(failures_, 0) << "Houdini was asked to remove what it does not have";
}

Object* FakeHoudini::add_to(List& list, Object* callable) {
  python_.Py_IncRef(callable);
  list.push_back(callable);
  return python_.new_none();
}

Object* FakeHoudini::remove_from(List& list, Object* callable) {
  const auto found = std::find(list.begin(), list.end(), callable);
  if (found == list.end())
    return python_.raise("OperationFailed", "The callback was not previously registered.");
  list.erase(found);
  python_.Py_DecRef(callable);
  return python_.new_none();
}

void FakeHoudini::make_ui() {
  ui_ = python_.make("module");
  FakePython::set(hou_, "ui", ui_);
  const auto set = [this](const char* name, auto does) {
    FakePython::set(ui_, name,
                    python_.make_function([does](const auto& a, const auto&) { return does(a.at(0)); }));
  };
  set("addEventLoopCallback", [this](Object* callable) { return add_to(callbacks_, callable); });
  set("removeEventLoopCallback", [this](Object* callable) { return remove_from(callbacks_, callable); });
  set("postEventCallback", [this](Object* callable) { return add_to(posted_, callable); });
  const auto list = [this](const auto&, const auto&) {
    Object* const tuple = python_.make("tuple");
    const auto contains = [this](const auto& arguments, const auto&) {
      const auto found = std::find(callbacks_.begin(), callbacks_.end(), arguments.at(0));
      return python_.PyBool_FromLong(found == callbacks_.end() ? 0 : 1);
    };
    FakePython::set(tuple, "__contains__", python_.make_function(contains));
    return tuple;
  };
  FakePython::set(ui_, "eventLoopCallbacks", python_.make_function(list));
}

void FakeHoudini::make_scenes() {
  Object* const hip_file = python_.make("module");
  FakePython::set(hou_, "hipFile", hip_file);
  const auto add = [this](const auto& a, const auto&) { return add_to(scene_callbacks_, a.at(0)); };
  FakePython::set(hip_file, "addEventCallback", python_.make_function(add));
  const auto remove = [this](const auto& a, const auto&) { return remove_from(scene_callbacks_, a.at(0)); };
  FakePython::set(hip_file, "removeEventCallback", python_.make_function(remove));
}

void FakeHoudini::make_functools() {
  Object* const functools = python_.make("module");
  FakePython::set(python_.modules(), "functools", functools);
  const auto partial = [this](const auto& arguments, const auto&) {
    Object* const bound = python_.make("partial");
    for (Object* const argument : arguments) {
      python_.Py_IncRef(argument);
      bound->items.push_back(argument);
    }
    bound->function = [bound](const auto&, const auto&) {
      return bound->items.at(0)->function({bound->items.at(1)}, {});
    };
    return bound;
  };
  FakePython::set(functools, "partial", python_.make_function(partial));
}

void FakeHoudini::lose_window() {
  hou_->members.erase("ui");
  ui_ = nullptr;
}

void FakeHoudini::load_qt(const std::string& binding) {
  Object* const core = python_.make("module");
  FakePython::set(python_.modules(), binding + ".QtCore", core);
  Object* const type = python_.make("type");
  FakePython::set(core, "QCoreApplication", type);
  const auto instance = [this](const auto&, const auto&) {
    Object* const application = python_.make("QApplication");
    Object* const signal = python_.make("Signal");
    FakePython::set(application, "aboutToQuit", signal);
    const auto connect = [this](const auto& a, const auto&) { return add_to(connections_, a.at(0)); };
    FakePython::set(signal, "connect", python_.make_function(connect));
    const auto disconnect = [this](const auto& a, const auto&) { return remove_from(connections_, a.at(0)); };
    FakePython::set(signal, "disconnect", python_.make_function(disconnect));
    return application;
  };
  FakePython::set(type, "instance", python_.make_function(instance));
}

void FakeHoudini::call(Object* callable) {
  Object* const arguments = python_.PyTuple_New(0);
  // As any caller in Python does, it keeps what it calls.
  python_.Py_IncRef(callable);
  Object* const result = python_.PyObject_Call(callable, arguments, nullptr);
  python_.Py_DecRef(callable);
  python_.Py_DecRef(arguments);
  if (!result || python_.PyErr_Occurred()) ++failures_;
  python_.PyErr_Clear();
  if (result) python_.Py_DecRef(result);
}

void FakeHoudini::call_each(List list) {
  for (Object* const callable : list) python_.Py_IncRef(callable);
  for (Object* const callable : list) {
    call(callable);
    python_.Py_DecRef(callable);
  }
}

void FakeHoudini::clear(List& list) {
  for (Object* const callable : std::exchange(list, {})) python_.Py_DecRef(callable);
}

void FakeHoudini::turn() {
  const int state = python_.PyGILState_Ensure();
  List posted = std::exchange(posted_, {});
  call_each(posted);
  clear(posted);
  call_each(callbacks_);
  python_.PyGILState_Release(state);
}

void FakeHoudini::load_scene(bool drops) {
  const int state = python_.PyGILState_Ensure();
  if (drops) clear(callbacks_);
  call_each(scene_callbacks_);
  python_.PyGILState_Release(state);
}

void FakeHoudini::drop_callbacks() {
  const int state = python_.PyGILState_Ensure();
  clear(callbacks_);
  clear(scene_callbacks_);
  python_.PyGILState_Release(state);
}

void FakeHoudini::quit() {
  const int state = python_.PyGILState_Ensure();
  call_each(connections_);
  threading_.shut_down();
  atexit_.run();
  python_.PyGILState_Release(state);
  python_.finalize();
}

}  // namespace silex::houdini
