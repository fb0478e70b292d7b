#include <Python.h>
// Python's header comes first, before any of the system's.
#include "host_module.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <unistd.h>

namespace host {

namespace {

MainLoop* main_loop = nullptr;
Watchdog* watchdog = nullptr;
std::string host_mode;
std::thread::id main_thread;

PyObject* mode(PyObject*, PyObject*) {
  return PyUnicode_FromString(host_mode.c_str());
}

PyObject* is_main_thread(PyObject*, PyObject*) {
  return PyBool_FromLong(std::this_thread::get_id() == main_thread);
}

PyObject* set_turn(PyObject*, PyObject* function) {
  Py_INCREF(function);  // for good
  main_loop->set_turn(function);
  Py_RETURN_NONE;
}

PyObject* post(PyObject*, PyObject*) {
  main_loop->post();
  Py_RETURN_NONE;
}

PyObject* turns(PyObject*, PyObject*) {
  return PyLong_FromUnsignedLong(main_loop->turns());
}

PyObject* is_quitting(PyObject*, PyObject*) {
  return PyBool_FromLong(main_loop->is_quitting());
}

PyObject* nested(PyObject*, PyObject* arguments) {
  PyObject* condition = nullptr;
  double seconds = 0;
  if (!PyArg_ParseTuple(arguments, "Od", &condition, &seconds)) return nullptr;
  const int held = main_loop->nested(condition, seconds);
  return held < 0 ? nullptr : PyBool_FromLong(held);
}

PyObject* hold_gil(PyObject*, PyObject* seconds) {
  const double duration = PyFloat_AsDouble(seconds);
  if (PyErr_Occurred()) return nullptr;
  std::this_thread::sleep_for(std::chrono::duration<double>(duration));
  Py_RETURN_NONE;
}

PyObject* let_others_run(PyObject*, PyObject* seconds) {
  const double duration = PyFloat_AsDouble(seconds);
  if (PyErr_Occurred()) return nullptr;
  Py_BEGIN_ALLOW_THREADS;
  std::this_thread::sleep_for(std::chrono::duration<double>(duration));
  Py_END_ALLOW_THREADS;
  Py_RETURN_NONE;
}

PyObject* quit(PyObject*, PyObject* how) {
  const char* const name = PyUnicode_AsUTF8(how);
  if (!name) return nullptr;
  const auto ending = ending_of(name);
  if (!ending) return PyErr_Format(PyExc_ValueError, "there is no ending '%s'", name);
  main_loop->quit(*ending);
  Py_RETURN_NONE;
}

PyObject* note(PyObject*, PyObject* text) {
  const char* const doing = PyUnicode_AsUTF8(text);
  if (!doing) return nullptr;
  watchdog->note(doing);
  Py_RETURN_NONE;
}

PyObject* fatal(PyObject*, PyObject* text) {
  const char* const said = PyUnicode_AsUTF8(text);
  std::fprintf(stderr, "FATAL: %s\n", said ? said : "?");
  std::fflush(stderr);
  ::_exit(kFatalStatus);
}

PyMethodDef methods[] = {
    {"mode", &mode, METH_NOARGS, nullptr},
    {"is_main_thread", &is_main_thread, METH_NOARGS, nullptr},
    {"set_turn", &set_turn, METH_O, nullptr},
    {"post", &post, METH_NOARGS, nullptr},
    {"turns", &turns, METH_NOARGS, nullptr},
    {"is_quitting", &is_quitting, METH_NOARGS, nullptr},
    {"nested", &nested, METH_VARARGS, nullptr},
    {"hold_gil", &hold_gil, METH_O, nullptr},
    {"let_others_run", &let_others_run, METH_O, nullptr},
    {"quit", &quit, METH_O, nullptr},
    {"note", &note, METH_O, nullptr},
    {"fatal", &fatal, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef module{
    PyModuleDef_HEAD_INIT, "embedded", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace

PyObject* make_host_module() {
  return PyModule_Create(&module);
}

void set_host(MainLoop& loop, Watchdog& dog, const std::string& mode_name) {
  main_loop = &loop;
  watchdog = &dog;
  host_mode = mode_name;
  main_thread = std::this_thread::get_id();
}

}  // namespace host
