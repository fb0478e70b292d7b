// What the extension asks of the package around it, written in Python: exceptions, awaiting, reports.
#pragma once

#include "python.hpp"

#include <silex/error.h>

#include <string>

namespace silex::python {

// Borrowed for ever: the package hands them in once, when it is imported.
struct Hooks {
  PyObject* make_error = nullptr;    // (status: int, message, detail) -> exception
  PyObject* await_call = nullptr;    // (call) -> iterator
  PyObject* make_future = nullptr;   // (call) -> concurrent.futures.Future
  PyObject* report = nullptr;        // (exception, what): writes it to the log
  PyObject* traceback = nullptr;     // (exception) -> its text
  PyObject* open_lane = nullptr;     // (): starts the lane, if it does not run
  PyObject* read_json = nullptr;     // (text) -> value
  PyObject* run_command = nullptr;   // (run, command, kept, kind, parameters, context) -> its canceller
  PyObject* find_command = nullptr;  // (path): imports it, if it can
  PyObject* launch = nullptr;        // (JSON): runs the action that a user asks for
};
extern Hooks hooks;

// _silex.install(**hooks).
PyObject* install(PyObject* module, PyObject* arguments, PyObject* keywords);

// str(object), whatever becomes of it; no error is left.
std::string text_of(PyObject* object);

// An exception for a status that is not SILEX_OK.
Ref make_error(silex_status status, const char* message, const char* detail);
// Raises it; returns nullptr.
PyObject* raise_error(silex_status status, const char* message, const char* detail = "");
// The same with what this thread's last function of the ABI said.
PyObject* raise_last_error();

// Takes Python's current error and has it written to the log. `what` was done: "a callback of ...".
void report_error(const char* what) noexcept;

}  // namespace silex::python
