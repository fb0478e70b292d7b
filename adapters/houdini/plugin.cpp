// The plugin's entry: what makes the adapter loadable.
#include "adapter.hpp"

#include <embed/plugin_entry.hpp>

namespace {

struct Houdini {
  static constexpr const char* name = "houdini";
  static constexpr const char* title = "Houdini";
  static constexpr const char* version = "0.1.0";
  static constexpr const char* refusal = "this process is not Houdini: its Python has not loaded `hou`";
  using Adapter = silex::houdini::Adapter;
  static bool is_here(const silex::python::PythonApi& api) { return silex::houdini::Host(api).is_houdini(); }
};

}  // namespace

SILEX_PYTHON_ADAPTER(Houdini)
