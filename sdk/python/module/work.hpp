// Python functions as work of the runtime: deferred to the main thread, on a worker, waited for.
#pragma once

#include "call.hpp"

#include <silex/work.h>

namespace silex::python {

// Functions of the module.
PyObject* defer(PyObject* module, PyObject* arguments);   // (function, arguments, timeout, task) -> Call
PyObject* submit(PyObject* module, PyObject* arguments);  // as defer()
PyObject* call_and_wait(PyObject* module, PyObject* arguments);  // (function, arguments, timeout) -> value
PyObject* stop_requested(PyObject* module, PyObject* nothing);   // of the function that runs here
PyObject* cancel_call(Call& call);                               // Call.cancel()
// Call.result()'s wait, without looking at the outcome: False where the time is up; nullptr with an error
// set.
bool wait_for(Call& call, PyObject* timeout, bool& in_time);
PyObject* wait_here(PyObject* module, PyObject* arguments);   // (call, timeout): just waits, on any thread
PyObject* pump_until(PyObject* module, PyObject* arguments);  // (call or predicate, timeout)

// Nanoseconds of a timeout in seconds: None is `none`. False with an error set.
bool read_timeout(PyObject* seconds, std::uint64_t none, std::uint64_t& nanoseconds);

}  // namespace silex::python
