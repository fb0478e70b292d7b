// The process's main thread, and functions of Python's that run there.
#pragma once

namespace silex::python {

// As the system has it: Python's own idea of it is whichever thread imported `threading` first. True where
// the system does not tell. [any-thread]
bool is_process_main_thread() noexcept;

// Whether this thread is inside a function that it runs for the runtime. [any-thread]
bool is_inside_a_call() noexcept;

}  // namespace silex::python
