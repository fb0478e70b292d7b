// The plugin's entry: what makes the adapter loadable.
#include "adapter.hpp"

#include <silex/plugin.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <mutex>
#include <vector>

#include <embed/gil.hpp>

namespace {

using silex::blender::Adapter;
using silex::python::PythonApi;

// Python's functions, once found: trivial, so that it stays valid while the process ends.
PythonApi python_api{};

// One for each runtime that loaded the plugin.
std::mutex hosts_mutex;
std::vector<const silex_host*> hosts;

void set_error(const char* message) {
  const std::lock_guard lock(hosts_mutex);
  if (!hosts.empty()) hosts.back()->set_error(hosts.back(), message);
}

silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode);
void detach(void* self);
silex_status wake(void* self);
void destroy(void* self);

struct PluginAdapter {
  Adapter adapter{python_api};
  silex_adapter functions{sizeof(silex_adapter), this, &attach, &detach, &wake, &destroy};
};

Adapter& adapter_of(void* self) {
  return static_cast<PluginAdapter*>(self)->adapter;
}

silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
  try {
    *mode = adapter_of(self).attach(pump);
    return SILEX_OK;
  } catch (const std::exception& error) {
    set_error(error.what());
    return SILEX_ERROR_ADAPTER_FAILED;
  }
}

void detach(void* self) {
  adapter_of(self).detach();
}

silex_status wake(void* self) {
  adapter_of(self).wake();
  return SILEX_OK;
}

void destroy(void* self) {
  delete static_cast<PluginAdapter*>(self);
}

bool python_is_there() {
  if (python_api.Py_IsInitialized) return true;
  PythonApi found{};
  if (!find_python(found)) return false;
  python_api = found;
  return true;
}

// Harmless elsewhere: no Python, one that is not initialised, or one without `bpy` is left alone.
bool detect() {
  if (!python_is_there() || python_api.Py_IsInitialized() == 0) return false;
  const silex::python::Gil gil(python_api);
  try {
    return silex::blender::Host(python_api).is_blender();
  } catch (const std::exception&) {
    return false;
  }
}

const silex_adapter* create() {
  try {
    if (detect()) return &(new PluginAdapter)->functions;
    set_error("this process is not Blender: its Python has no bpy.app.timers");
  } catch (const std::exception& error) {
    set_error(error.what());
  }
  return nullptr;
}

silex_status init(const silex_host* host) {
  const std::lock_guard lock(hosts_mutex);
  hosts.push_back(host);
  return SILEX_OK;
}

silex_status deinit(const silex_host* host) {
  {
    const std::lock_guard lock(hosts_mutex);
    hosts.erase(std::find(hosts.begin(), hosts.end(), host));
  }
  if (!silex::python::any_callable_left()) return SILEX_OK;
  if (python_api.Py_IsInitialized() == 0) return SILEX_ERROR_PLUGIN_BUSY;
  // With the GIL, nobody is on the way out of our code.
  const silex::python::Gil gil(python_api);
  return silex::python::any_callable_left() ? SILEX_ERROR_PLUGIN_BUSY : SILEX_OK;
}

const void* get_factory(const char* id) {
  static const silex_adapter_factory factory{sizeof(silex_adapter_factory), "blender", "Blender", &detect,
                                             &create};
  return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
}

}  // namespace

extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin{sizeof(silex_plugin_entry),
                                                              SILEX_ABI_MAJOR,
                                                              SILEX_ABI_MINOR,
                                                              "blender",
                                                              "0.1.0",
                                                              &init,
                                                              &deinit,
                                                              &get_factory};
