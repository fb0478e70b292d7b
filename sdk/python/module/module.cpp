// The extension module silex._silex: what the package silex, written in Python, stands on.
#include "action.hpp"
#include "command.hpp"
#include "hooks.hpp"
#include "process.hpp"
#include "service.hpp"
#include "work.hpp"

#include <array>
#include <string>

namespace silex::python {

PyObject* enter_lane(PyObject* module, PyObject* nothing);

namespace {

PyObject* open_lane(PyObject* /*module*/, PyObject* /*nothing*/) {
  const int readable = process().lane.open();
  return readable < 0 ? nullptr : PyLong_FromLong(readable);
}

PyObject* close_lane(PyObject* /*module*/, PyObject* arguments) {
  int readable = -1;
  if (!PyArg_ParseTuple(arguments, "i", &readable)) return nullptr;
  process().lane.close(readable);
  return none();
}

PyObject* drain_lane(PyObject* /*module*/, PyObject* /*nothing*/) {
  process().lane.drain();
  return none();
}

PyObject* lane_is_open(PyObject* /*module*/, PyObject* /*nothing*/) {
  return truth(process().lane.is_open());
}

PyObject* after_fork(PyObject* /*module*/, PyObject* /*nothing*/) {
  renew_process_after_fork();
  return none();
}

PyObject* status_name(PyObject* /*module*/, PyObject* status) {
  const long code = PyLong_AsLong(status);
  if (code == -1 && PyErr_Occurred()) return nullptr;
  return PyUnicode_FromString(silex_status_name(static_cast<silex_status>(code)));
}

PyObject* finalize(PyObject* /*module*/, PyObject* /*nothing*/) {
  finalizing.store(true);
  return none();
}

std::array functions{
    PyMethodDef{"install", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&install)),
                METH_VARARGS | METH_KEYWORDS, nullptr},
    PyMethodDef{"start", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&start)),
                METH_VARARGS | METH_KEYWORDS, nullptr},
    PyMethodDef{"stop", &stop, METH_NOARGS, nullptr},
    PyMethodDef{"is_running", &is_running, METH_NOARGS, nullptr},
    PyMethodDef{"standing", &standing, METH_NOARGS, nullptr},
    PyMethodDef{"log", &write_log, METH_VARARGS, nullptr},
    PyMethodDef{"current_thread", &current_thread, METH_NOARGS, nullptr},
    PyMethodDef{"defer", &defer, METH_VARARGS, nullptr},
    PyMethodDef{"worker", &submit, METH_VARARGS, nullptr},
    PyMethodDef{"call_and_wait", &call_and_wait, METH_VARARGS, nullptr},
    PyMethodDef{
        "stop_requested", &stop_requested, METH_NOARGS,
        "stop_requested()\n--\n\nWhether whoever asked for the function that runs here no longer wants its "
        "result: raise silex.Cancelled as soon as\nthe scene is consistent. In a deferred function or on a "
        "worker; False elsewhere. Never blocks."},
    PyMethodDef{"wait_here", &wait_here, METH_VARARGS, nullptr},
    PyMethodDef{"context", &context, METH_NOARGS, nullptr},
    PyMethodDef{"pump_until", &pump_until, METH_VARARGS, nullptr},
    PyMethodDef{"make_call", &call_make, METH_VARARGS, nullptr},
    PyMethodDef{"set_value", &call_set_value, METH_VARARGS, nullptr},
    PyMethodDef{"set_exception", &call_set_exception, METH_VARARGS, nullptr},
    PyMethodDef{"set_failure", &call_set_failure, METH_VARARGS, nullptr},
    PyMethodDef{"add_waiter", &call_add_waiter, METH_VARARGS, nullptr},
    PyMethodDef{"outcome", &call_outcome, METH_O, nullptr},
    PyMethodDef{"add_command", &add_command, METH_VARARGS, nullptr},
    PyMethodDef{"run_end", &run_end, METH_VARARGS, nullptr},
    PyMethodDef{"run_log", &run_log, METH_VARARGS, nullptr},
    PyMethodDef{"run_progress", &run_progress, METH_VARARGS, nullptr},
    PyMethodDef{"run_ask", &run_ask, METH_VARARGS, nullptr},
    PyMethodDef{"run_withdraw", &run_withdraw, METH_VARARGS, nullptr},
    PyMethodDef{"run_task", &run_task, METH_O, nullptr},
    PyMethodDef{"action_open", &action_open, METH_VARARGS, nullptr},
    PyMethodDef{"action_read", &action_read, METH_O, nullptr},
    PyMethodDef{"action_changes", &action_changes, METH_O, nullptr},
    PyMethodDef{"action_set", &action_set, METH_VARARGS, nullptr},
    PyMethodDef{"action_execute", &action_execute, METH_VARARGS, nullptr},
    PyMethodDef{"action_undo", &action_undo, METH_VARARGS, nullptr},
    PyMethodDef{"action_do", &action_do, METH_VARARGS, nullptr},
    PyMethodDef{"listen", &listen, METH_VARARGS, nullptr},
    PyMethodDef{"reply", &reply, METH_VARARGS, nullptr},
    PyMethodDef{"emit", &emit, METH_VARARGS, nullptr},
    PyMethodDef{"enter_lane", &enter_lane, METH_NOARGS, nullptr},
    PyMethodDef{"open_lane", &open_lane, METH_NOARGS, nullptr},
    PyMethodDef{"close_lane", &close_lane, METH_VARARGS, nullptr},
    PyMethodDef{"drain_lane", &drain_lane, METH_NOARGS, nullptr},
    PyMethodDef{"lane_is_open", &lane_is_open, METH_NOARGS, nullptr},
    PyMethodDef{"after_fork", &after_fork, METH_NOARGS, nullptr},
    PyMethodDef{"status_name", &status_name, METH_O, nullptr},
    PyMethodDef{"finalize", &finalize, METH_NOARGS, nullptr},
    PyMethodDef{nullptr, nullptr, 0, nullptr}};

bool refuse_sub_interpreter() {
  if (PyInterpreterState_GetID(PyInterpreterState_Get()) == 0) return false;
  PyErr_SetString(PyExc_ImportError,
                  "silex can't be imported in a sub-interpreter: its runtime belongs to the whole process; "
                  "import it in the main interpreter");
  return true;
}

// A second copy would find the threads, the adapter and the library of the first, perhaps of another version.
bool refuse_second_copy(PyObject* module) {
  static constexpr const char* kMark = "_silex_extension";
  const Ref file(PyObject_GetAttrString(module, "__file__"));
  if (!file) return true;
  PyObject* const first = PySys_GetObject(kMark);  // borrowed
  if (!first) return PySys_SetObject(kMark, file.get()) != 0;
  const int is_same = PyObject_RichCompareBool(first, file.get(), Py_EQ);
  if (is_same == 0) {
    PyErr_Format(
        PyExc_ImportError,
        "two copies of silex in one process: %U is loaded already, and %U can't be beside it; remove "
        "one of them, and start the host again",
        first, file.get());
  }
  return is_same != 1;
}

int execute(PyObject* module) {
  if (refuse_sub_interpreter() || refuse_second_copy(module)) return -1;
  PyTypeObject* const call = call_type();
  if (!call || PyModule_AddStringConstant(module, "version", SILEX_VERSION) != 0) return -1;
  PyObject* const object = new_reference(reinterpret_cast<PyObject*>(call));
  if (PyModule_AddObject(module, "Call", object) == 0) return 0;
  Py_DecRef(object);
  return -1;
}

}  // namespace

}  // namespace silex::python

PyMODINIT_FUNC PyInit__silex() {  // NOLINT(bugprone-reserved-identifier): the name is Python's
  using namespace silex::python;
  // Of two phases: Python runs execute() for each interpreter that imports it, and so refuses are heard.
  static std::array slots{PyModuleDef_Slot{Py_mod_exec, reinterpret_cast<void*>(&execute)},
                          PyModuleDef_Slot{0, nullptr}};
  static PyModuleDef definition{PyModuleDef_HEAD_INIT,
                                "_silex",
                                "What the package silex stands on; not for use by others.",
                                0,
                                functions.data(),
                                slots.data(),
                                nullptr,
                                nullptr,
                                nullptr};
  return PyModuleDef_Init(&definition);
}
