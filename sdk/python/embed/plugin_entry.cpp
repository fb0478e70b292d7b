#include "embed/plugin_entry.hpp"

#include "embed/callable.hpp"
#include "embed/waker.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

namespace silex::python {

namespace {

// Python's functions, once found: trivial, so that it stays valid while the process ends.
PythonApi python_api{};

// One for each runtime that loaded the plugin.
std::mutex hosts_mutex;
std::vector<const silex_host*> hosts;

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
  const std::lock_guard lock(hosts_mutex);
  if (!hosts.empty()) hosts.back()->set_error(hosts.back(), message);
}

silex_status init_plugin(const silex_host* host) {
  const std::lock_guard lock(hosts_mutex);
  hosts.push_back(host);
  return SILEX_OK;
}

silex_status deinit_plugin(const silex_host* host) {
  {
    const std::lock_guard lock(hosts_mutex);
    hosts.erase(std::find(hosts.begin(), hosts.end(), host));
    // What is left may be of another runtime, which keeps the code loaded and is asked in its turn.
    if (!hosts.empty()) return SILEX_OK;
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
