// `embedded`: the built-in module with what a fake host and a scenario cannot do in Python.
// python/embedded.pyi says what is in it.
#pragma once

#include "main_loop.hpp"

#include <string>

struct _object;  // PyObject

namespace host {

inline constexpr int kFatalStatus = 70;

// For PyImport_AppendInittab().
_object* make_host_module();

// What the module works on; must outlive Python.
void set_host(MainLoop& loop, Watchdog& watchdog, const std::string& mode);

}  // namespace host
