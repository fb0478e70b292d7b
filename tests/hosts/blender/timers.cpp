// `_timers`: Blender's list of timers, as a native module. As Blender does, it keeps the list without a lock
// and walks it without the GIL, which it takes around each callback alone: a thread that registers while it
// has the GIL races with the walk, and ThreadSanitizer sees it.
#include <Python.h>
// Python's header comes first, before any of the system's.
#include <algorithm>
#include <chrono>
#include <list>
#include <set>
#include <thread>
#include <utility>

namespace {

struct Timer {
  PyObject* function;
  double next;
  bool persistent;
  bool removed = false;
};

std::list<Timer> timers;
double now = 0;  // of the pass that runs, or that ran last
int depth = 0;
Timer* running = nullptr;
std::thread::id main_thread;
int off_main_thread = 0;             // registrations
int removed_while_running = 0;       // by unregister(), whose callable was then still being called
unsigned long calls = 0;             // of callbacks
std::set<const PyObject*> returned;  // floats; none is released, so that each is another address

void count_thread() {
  if (std::this_thread::get_id() != main_thread) ++off_main_thread;
}

PyObject* register_timer(PyObject*, PyObject* arguments, PyObject* keywords) {
  PyObject* function = nullptr;
  double first_interval = 0;
  int persistent = 0;
  const char* names[] = {"", "first_interval", "persistent", nullptr};
  if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|$dp:register", const_cast<char**>(names),
                                   &function, &first_interval, &persistent)) {
    return nullptr;
  }
  if (!PyCallable_Check(function)) {
    PyErr_SetString(PyExc_TypeError, "function is not callable");
    return nullptr;
  }
  count_thread();
  Py_INCREF(function);
  timers.push_back({function, now + first_interval, persistent != 0});
  Py_RETURN_NONE;
}

// The callable's reference goes at once; the entry at the end of the pass.
void remove(Timer& timer) {
  timer.removed = true;
  Py_DECREF(timer.function);
}

void sweep() {
  timers.remove_if([](const Timer& timer) { return timer.removed; });
}

Timer* find(const PyObject* function) {
  const auto found = std::find_if(timers.begin(), timers.end(), [&](const Timer& timer) {
    return timer.function == function && !timer.removed;
  });
  return found == timers.end() ? nullptr : &*found;
}

PyObject* unregister_timer(PyObject*, PyObject* function) {
  count_thread();
  Timer* const timer = find(function);
  if (!timer) {
    PyErr_SetString(PyExc_ValueError, "Error: function is not registered");
    return nullptr;
  }
  if (timer == running) ++removed_while_running;
  remove(*timer);
  if (depth == 0) sweep();
  Py_RETURN_NONE;
}

PyObject* is_registered(PyObject*, PyObject* function) {
  return PyBool_FromLong(find(function) != nullptr);
}

// Seconds until the next call; negative: none. What the callback returned is not released.
double interval_of(PyObject* answer) {
  if (!answer) {
    PyErr_Print();
    return -1;
  }
  if (answer == Py_None) return -1;
  const double seconds = PyFloat_AsDouble(answer);
  if (PyErr_Occurred()) {
    PyErr_Clear();
    std::fprintf(stderr, "Error: a timer did not return None or float.\n");
    return -1;
  }
  returned.insert(answer);
  return std::max(seconds, 0.0);
}

void run(Timer& timer) {
  const PyGILState_STATE state = PyGILState_Ensure();
  Timer* const outer = std::exchange(running, &timer);
  ++calls;
  const double seconds = interval_of(PyObject_CallNoArgs(timer.function));
  running = outer;
  if (!timer.removed) {
    if (seconds < 0) {
      remove(timer);
    } else {
      timer.next = now + seconds;
    }
  }
  PyGILState_Release(state);
}

// One pass, at the given time. A timer that is added meanwhile is not due until the next.
PyObject* execute(PyObject*, PyObject* time) {
  const double at = PyFloat_AsDouble(time);
  if (PyErr_Occurred()) return nullptr;
  Py_BEGIN_ALLOW_THREADS;
  now = at;
  ++depth;
  std::size_t left = timers.size();
  // Whoever waits for the GIL gets it, as in a Blender with much else to do in its loop.
  std::this_thread::sleep_for(std::chrono::microseconds(100));
  for (auto timer = timers.begin(); left > 0; ++timer, --left) {
    if (!timer->removed && timer->next <= at) run(*timer);
  }
  if (--depth == 0) sweep();
  Py_END_ALLOW_THREADS;
  Py_RETURN_NONE;
}

PyObject* drop(bool all) {
  for (Timer& timer : timers) {
    if (!timer.removed && (all || !timer.persistent)) remove(timer);
  }
  if (depth == 0) sweep();
  Py_RETURN_NONE;
}

PyObject* on_file_load(PyObject*, PyObject*) {
  return drop(false);
}

PyObject* free_all(PyObject*, PyObject*) {
  return drop(true);
}

PyObject* count(PyObject*, PyObject*) {
  const auto live =
      std::count_if(timers.begin(), timers.end(), [](const Timer& timer) { return !timer.removed; });
  return PyLong_FromSsize_t(live);
}

PyObject* figures(PyObject*, PyObject*) {
  return Py_BuildValue("{s:i,s:i,s:k,s:n}", "off_main_thread", off_main_thread, "removed_while_running",
                       removed_while_running, "calls", calls, "floats",
                       static_cast<Py_ssize_t>(returned.size()));
}

PyMethodDef methods[] = {
    {"register", reinterpret_cast<PyCFunction>(reinterpret_cast<void*>(&register_timer)),
     METH_VARARGS | METH_KEYWORDS, nullptr},
    {"unregister", &unregister_timer, METH_O, nullptr},
    {"is_registered", &is_registered, METH_O, nullptr},
    {"_execute", &execute, METH_O, nullptr},
    {"_on_file_load", &on_file_load, METH_NOARGS, nullptr},
    {"_free", &free_all, METH_NOARGS, nullptr},
    {"_count", &count, METH_NOARGS, nullptr},
    {"_figures", &figures, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef module{
    PyModuleDef_HEAD_INIT, "_timers", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace

// The thread that imports it is the one that runs Blender.
extern "C" __attribute__((visibility("default"))) PyObject* PyInit__timers() {
  main_thread = std::this_thread::get_id();
  return PyModule_Create(&module);
}
