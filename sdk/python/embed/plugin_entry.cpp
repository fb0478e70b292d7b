#include "embed/plugin_entry.hpp"

#include "embed/callable.hpp"
#include "embed/waker.hpp"

#include <mutex>
#include <new>
#include <utility>

namespace silex::python {

namespace {

// Python's functions, once found: trivial, so that it stays valid while the process ends.
PythonApi python_api{};

// One for each runtime that loaded the plugin. Nothing that has a destructor: a runtime with static storage
// ends after the statics of this library.
struct LoadedBy {
  const silex_host* host;
  LoadedBy* next;
};
std::mutex loaded_mutex;
LoadedBy* loaded_by = nullptr;

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
  const std::lock_guard lock(loaded_mutex);
  if (loaded_by) loaded_by->host->set_error(loaded_by->host, message);
}

silex_status init_plugin(const silex_host* host) {
  const std::lock_guard lock(loaded_mutex);
  auto* const last = new (std::nothrow) LoadedBy{host, loaded_by};
  if (!last) return SILEX_ERROR_OUT_OF_MEMORY;
  loaded_by = last;
  return SILEX_OK;
}

silex_status deinit_plugin(const silex_host* host) {
  {
    const std::lock_guard lock(loaded_mutex);
    LoadedBy** place = &loaded_by;
    while (*place && (*place)->host != host) place = &(*place)->next;
    if (*place) delete std::exchange(*place, (*place)->next);
    // What is left may be of another runtime, which keeps the code loaded and is asked in its turn.
    if (loaded_by) return SILEX_OK;
  }
  if (any_waker_left()) return SILEX_ERROR_PLUGIN_BUSY;
  if (!any_callable_left()) return SILEX_OK;
  const PythonApi* const api = running_python();
  if (!api) return SILEX_ERROR_PLUGIN_BUSY;
  // With the GIL, nobody is on the way out of our code.
  const Gil gil(*api);
  return any_callable_left() ? SILEX_ERROR_PLUGIN_BUSY : SILEX_OK;
}

}  // namespace silex::python
