// The plugin's entry: what makes the adapter loadable.
#include "adapter.hpp"

#include <embed/plugin_entry.hpp>

namespace {

struct Maya {
  static constexpr const char* name = "maya";
  static constexpr const char* title = "Maya";
  static constexpr const char* version = "0.1.0";
  static constexpr const char* refusal =
      "this process is not Maya, or a mayapy that has not called maya.standalone.initialize() yet: its "
      "Python has no "
      "maya.cmds that answers";
  using Adapter = silex::maya::Adapter;
  static bool is_here(const silex::python::PythonApi& api) { return silex::maya::Host(api).is_maya(); }
};

}  // namespace

SILEX_PYTHON_ADAPTER(Maya)
