// An action that Python has opened: what changes in it waits, as JSON, until somebody in Python looks.
#pragma once

#include "python.hpp"

namespace silex::python {

// Functions of the module. An `action` is a capsule, with which the action is closed.
PyObject* action_open(PyObject* module, PyObject* arguments);     // (name, category, roots, context, flags)
PyObject* action_read(PyObject* module, PyObject* action);        // -> JSON
PyObject* action_changes(PyObject* module, PyObject* action);     // -> [JSON], or None: read all of it again
PyObject* action_set(PyObject* module, PyObject* arguments);      // (action, parameter, JSON)
PyObject* action_execute(PyObject* module, PyObject* arguments);  // (action, name) -> Call
PyObject* action_undo(PyObject* module, PyObject* arguments);     // (action, name, all) -> Call
PyObject* action_do(PyObject* module, PyObject* arguments);       // (action, "pause" ..., text)

}  // namespace silex::python
