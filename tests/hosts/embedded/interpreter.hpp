// The embedded CPython: isolated, as Maya, Houdini and Blender configure theirs.
#pragma once

#include "options.hpp"

namespace host {

// Starts Python with the module `embedded` built in. Exits with 3 where that fails. The calling thread has
// the GIL afterwards.
void start_python(const Options& options);

}  // namespace host
