#include <Python.h>
// Python's header comes first, before any of the system's.
#include "main_loop.hpp"

namespace host {

namespace {

using namespace std::chrono_literals;

// How long a loop without work sleeps: that of a host which also has a window to look after.
constexpr auto kRest = 5ms;

int truth_of(PyObject* condition) {
  PyObject* const answer = PyObject_CallNoArgs(condition);
  if (!answer) return -1;
  const int truth = PyObject_IsTrue(answer);
  Py_DECREF(answer);
  return truth;
}

}  // namespace

void MainLoop::post() {
  {
    const std::lock_guard lock(mutex_);
    has_work_ = true;
  }
  posted_.notify_all();
}

void MainLoop::wait_for_work() {
  std::unique_lock lock(mutex_);
  posted_.wait_for(lock, kRest, [this] { return has_work_; });
  has_work_ = false;
}

bool MainLoop::turn() {
  ++turns_;
  PyObject* const answer = turn_ ? PyObject_CallNoArgs(turn_) : Py_NewRef(Py_None);
  Py_XDECREF(answer);
  if (!answer) return false;
  Py_BEGIN_ALLOW_THREADS;
  wait_for_work();
  Py_END_ALLOW_THREADS;
  return true;
}

int MainLoop::nested(PyObject* condition, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (;;) {
    const int truth = truth_of(condition);
    if (truth != 0) return truth;
    if (std::chrono::steady_clock::now() > end) return 0;
    if (!turn()) return -1;
  }
}

// None: one turn. A number: so many. A callable: turns until it returns something true.
bool MainLoop::step(PyObject* what) {
  if (what == Py_None) return turn();
  if (PyCallable_Check(what)) {
    for (;;) {
      const int truth = truth_of(what);
      if (truth != 0 || quitting_) return truth >= 0;
      if (!turn()) return false;
    }
  }
  const long turns = PyLong_AsLong(what);
  if (turns == -1 && PyErr_Occurred()) return false;
  for (long i = 0; i < turns && !quitting_; ++i) {
    if (!turn()) return false;
  }
  return true;
}

bool MainLoop::run(PyObject* scenario) {
  while (!quitting_) {
    watchdog_.note("in step " + std::to_string(++steps_) + " of the scenario");
    PyObject* const what = PyIter_Next(scenario);
    if (!what) break;
    const bool done = step(what);
    Py_DECREF(what);
    if (!done) break;
  }
  if (!PyErr_Occurred()) return true;
  PyErr_Print();
  return false;
}

}  // namespace host
