// Commands written in Python, as the runtime has them: what it asks of one waits for the lane, and what the
// command says goes back to the loop.
#pragma once

#include "python.hpp"

#include <silex/runtime.h>

namespace silex::python {

// Tells the runtime of the commands that are known so far, and where to ask for others. False with an error
// set.
bool add_commands_to(silex_runtime* runtime);

// Functions of the module. A `run` is a capsule: one execute(), undo() or setup() of a command.
PyObject* add_command(PyObject* module,
                      PyObject* arguments);  // (declaration, path, command, has_undo, has_setup)
PyObject* run_end(PyObject* module, PyObject* arguments);       // (run, status, value, message, detail)
PyObject* run_log(PyObject* module, PyObject* arguments);       // (run, level, text)
PyObject* run_progress(PyObject* module, PyObject* arguments);  // (run, percent)
PyObject* run_ask(PyObject* module, PyObject* arguments);       // (run, what, key, text) -> Call
PyObject* run_withdraw(PyObject* module, PyObject* arguments);  // (run, call)
PyObject* run_task(PyObject* module, PyObject* run);            // its id, for defer() and worker()

}  // namespace silex::python
