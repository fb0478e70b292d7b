#include "fake_maya.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include <embed/gil.hpp>

namespace silex::maya {

using python::FakePython;
using python::Object;

FakeMaya::FakeMaya(FakePython& python)
    : python_(python),
      commands_(python.make("module")),
      utils_(python.make("module")),
      messages_(python.make("MSceneMessage")),
      threading_(python),
      atexit_(python) {
  const auto function = [this](auto called) { return python_.make_function(std::move(called)); };
  FakePython::set(python.modules(), "maya.cmds", commands_);
  FakePython::set(commands_, "about", function([this](const auto&, const auto& k) { return about(k); }));
  const auto eval_deferred = [this](const auto& arguments, const auto& keywords) {
    enqueue(arguments.at(0), keywords.contains("lowestPriority"));
    return python_.new_none();
  };
  FakePython::set(commands_, "evalDeferred", function(eval_deferred));
  FakePython::set(python.modules(), "maya.utils", utils_);
  const auto execute_deferred = [this](const auto& arguments, const auto&) {
    enqueue(arguments.at(0), false);
    return python_.new_none();
  };
  FakePython::set(utils_, "executeDeferred", function(execute_deferred));

  Object* const open_maya = python.make("module");
  FakePython::set(python.modules(), "maya.api.OpenMaya", open_maya);
  FakePython::set(open_maya, "MSceneMessage", messages_);
  FakePython::set(messages_, "kMayaExiting", python.make("int"));
  FakePython::set(messages_, "addCallback",
                  function([this](const auto& a, const auto&) { return add_callback(a); }));
  Object* const message = python.make("MMessage");
  FakePython::set(open_maya, "MMessage", message);
  const auto remove = [this](const auto& arguments, const auto&) { return remove_callback(arguments.at(0)); };
  FakePython::set(message, "removeCallback", function(remove));
}

Object* FakeMaya::about(const Object::Keywords& keywords) {
  if (keywords.contains("version")) return python_.make_text("2024");
  return python_.PyBool_FromLong(is_batch_ ? 1 : 0);
}

void FakeMaya::enqueue(Object* callable, bool is_lowest) {
  python_.Py_IncRef(callable);
  queue_.push_back({callable, is_lowest});
}

Object* FakeMaya::add_callback(const Object::Arguments& arguments) {
  EXPECT_EQ(arguments.at(0), messages_->members.at("kMayaExiting"));
  python_.Py_IncRef(arguments.at(1));
  callbacks_.emplace_back(++last_id_, arguments.at(1));
  return python_.PyFloat_FromDouble(last_id_);
}

Object* FakeMaya::remove_callback(const Object* id) {
  const auto found = std::find_if(callbacks_.begin(), callbacks_.end(),
                                  [&](const auto& callback) { return callback.first == id->number; });
  if (found == callbacks_.end())
    return python_.raise("RuntimeError", "(kFailure): Unexpected Internal Failure");
  Object* const callable = found->second;
  callbacks_.erase(found);
  python_.Py_DecRef(callable);
  return python_.new_none();
}

void FakeMaya::call(Object* callable, const std::vector<Object*>& arguments) {
  Object* const tuple = python_.PyTuple_New(static_cast<python::Size>(arguments.size()));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    python_.Py_IncRef(arguments[i]);
    python_.PyTuple_SetItem(tuple, static_cast<python::Size>(i), arguments[i]);
  }
  Object* const result = python_.PyObject_Call(callable, tuple, nullptr);
  EXPECT_NE(result, nullptr) << "a callable of the adapter raised";
  EXPECT_EQ(python_.PyErr_Occurred(), nullptr) << "a callable of the adapter left an error set";
  if (result) python_.Py_DecRef(result);
  python_.Py_DecRef(tuple);
}

void FakeMaya::go_idle() {
  const int state = python_.PyGILState_Ensure();
  for (const Waiting& waiting : std::exchange(queue_, {})) {
    call(waiting.callable, {});
    python_.Py_DecRef(waiting.callable);
  }
  python_.PyGILState_Release(state);
}

void FakeMaya::send_exiting() {
  const int state = python_.PyGILState_Ensure();
  for (const auto& [id, callable] : std::vector(callbacks_)) {
    python_.Py_IncRef(callable);
    call(callable, {python_.none()});
    python_.Py_DecRef(callable);
  }
  python_.PyGILState_Release(state);
}

void FakeMaya::drop_callbacks() {
  const int state = python_.PyGILState_Ensure();
  for (const auto& [id, callable] : std::exchange(callbacks_, {})) python_.Py_DecRef(callable);
  python_.PyGILState_Release(state);
}

void FakeMaya::end_python() {
  const int state = python_.PyGILState_Ensure();
  atexit_.run();
  python_.PyGILState_Release(state);
  python_.finalize();
}

std::size_t FakeMaya::waiting() {
  const int state = python_.PyGILState_Ensure();
  const std::size_t size = queue_.size();
  python_.PyGILState_Release(state);
  return size;
}

std::size_t FakeMaya::lowest_waiting() {
  return static_cast<std::size_t>(
      std::count_if(queue_.begin(), queue_.end(), [](const Waiting& waiting) { return waiting.is_lowest; }));
}

bool FakeMaya::comes_to_wait(std::size_t count) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (waiting() < count) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace silex::maya
