// Which thread runs the host, as its Python knows it.
#pragma once

#include "embed/reference.hpp"

namespace silex::python {

// Whether this is the thread that started Python, which in every host with a window is the one that runs it.
// Needs the GIL; throws PythonError.
bool is_main_thread(const PythonApi& api);

// Throws std::runtime_error, with what to do, unless it is. `host` is what people call it: "Blender".
void require_main_thread(const PythonApi& api, const char* host);

}  // namespace silex::python
