#include "embed/free_threaded.hpp"

namespace silex::python {

void refuse_free_threaded(const PythonApi& api) {
  const Reference sys = import_module(api, "sys");
  if (!sys.has_attribute("_is_gil_enabled")) return;  // before 3.13
  if (sys.attribute("_is_gil_enabled").call().is_true()) return;
  throw std::runtime_error(
      "this Python runs without its global interpreter lock (a free-threaded build), which the adapter "
      "relies on: "
      "set the variable PYTHON_GIL=1, or use the usual build");
}

}  // namespace silex::python
