#include "embed/plugin_entry.hpp"

#include "embed/callable.hpp"
#include "embed/waker.hpp"

#include <silex/loaded_by.hpp>

namespace silex::python {

namespace {

// Python's functions, once found: trivial, so that it stays valid while the process ends.
PythonApi python_api{};

LoadedBy loaded_by;

bool python_is_there() {
  if (python_api.Py_IsInitialized) return true;
  PythonApi found{};
  if (!find_python(found)) return false;
  python_api = found;
  return true;
}

}  // namespace

const PythonApi* running_python() {
  return python_is_there() && python_api.Py_IsInitialized() != 0 ? &python_api : nullptr;
}

void set_error(const char* message) {
  loaded_by.set_error(message);
}

silex_status init_plugin(const silex_host* host) {
  return loaded_by.add(host);
}

silex_status deinit_plugin(const silex_host* host) {
  // What is left may be of another runtime, which is asked in its turn.
  if (loaded_by.remove(host)) return SILEX_OK;
  const auto busy = [host](const char* why) {
    host->set_error(host, why);
    return SILEX_ERROR_PLUGIN_BUSY;
  };
  if (any_waker_left()) return busy("a thread of the plugin's still waits for the host's Python");
  if (!any_callable_left()) return SILEX_OK;
  static constexpr const char* kHeld = "the host still holds a callable of the plugin's";
  const PythonApi* const api = running_python();
  if (!api) return busy(kHeld);
  // With the GIL, nobody is on the way out of our code.
  const Gil gil(*api);
  return any_callable_left() ? busy(kHeld) : SILEX_OK;
}

}  // namespace silex::python
