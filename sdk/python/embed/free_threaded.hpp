// A CPython without a global interpreter lock, which no host ships and the adapters are not made for.
#pragma once

#include "embed/reference.hpp"

namespace silex::python {

// Throws std::runtime_error, with what to do, where Python runs without its lock
// (https://docs.python.org/3.13/howto/free-threading-python.html). Needs the GIL, or what goes for it.
void refuse_free_threaded(const PythonApi& api);

}  // namespace silex::python
