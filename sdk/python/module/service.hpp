// Events to and from the service.
#pragma once

#include "python.hpp"

namespace silex::python {

// Functions of the module.
PyObject* listen(PyObject* module, PyObject* arguments);  // (nsp, event, function(incoming, JSON) or None)
PyObject* reply(PyObject* module,
                PyObject* arguments);  // (incoming, JSON): acknowledges it, if that is wanted
PyObject* emit(PyObject* module, PyObject* arguments);  // (nsp, event, JSON, timeout) -> Call

}  // namespace silex::python
