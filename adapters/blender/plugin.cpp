// The plugin's entry: what makes the adapter loadable.
#include "adapter.hpp"

#include <embed/plugin_entry.hpp>

namespace {

struct Blender {
  static constexpr const char* name = "blender";
  static constexpr const char* title = "Blender";
  static constexpr const char* version = "0.1.0";
  static constexpr const char* refusal = "this process is not Blender: its Python has no bpy.app.timers";
  using Adapter = silex::blender::Adapter;
  static bool is_here(const silex::python::PythonApi& api) { return silex::blender::Host(api).is_blender(); }
};

}  // namespace

SILEX_PYTHON_ADAPTER(Blender)
