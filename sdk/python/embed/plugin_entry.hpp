// The entry of an adapter for a host with an embedded CPython: everything between the C ABI and a C++
// adapter.
//
//   struct Blender {
//     static constexpr const char* name = "blender";  // of plugin and adapter
//     static constexpr const char* title = "Blender";
//     static constexpr const char* version = "0.1.0";
//     static constexpr const char* refusal = "this process is not Blender: ...";
//     using Adapter = ...;                               // made from a PythonApi, see below
//     static bool is_here(const python::PythonApi& api);  // with the GIL; may throw; imports nothing
//   };
//   SILEX_PYTHON_ADAPTER(Blender)
//
// The adapter has attach(), detach() and wake() as silex_adapter has; they take the GIL themselves. attach()
// may throw std::exception, with what to tell the user; the others throw nothing.
#pragma once

#include "embed/free_threaded.hpp"
#include "embed/gil.hpp"
#include "embed/python_api.hpp"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <cstring>
#include <exception>

namespace silex::python {

// What every plugin keeps, once: a plugin has one entry.
//
// Python's functions, if the process has a CPython that is initialised; else nullptr. Valid for good.
const PythonApi* running_python();
// Says why a function of the plugin is about to fail. [any-thread]
void set_error(const char* message);
silex_status init_plugin(const silex_host* host);
// SILEX_ERROR_PLUGIN_BUSY where it was the last runtime, while Python or a thread may still run code of this
// library.
silex_status deinit_plugin(const silex_host* host);

template <typename Description>
class PluginEntry {
 public:
  static const void* get_factory(const char* id) {
    static const silex_adapter_factory factory{sizeof(silex_adapter_factory), Description::name,
                                               Description::title, &detect, &create};
    return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
  }

 private:
  using Adapter = typename Description::Adapter;

  struct Instance {
    explicit Instance(const PythonApi& api) : adapter(api) {}
    Adapter adapter;
    silex_adapter functions{sizeof(silex_adapter), this, &attach, &detach, &wake, &destroy};
  };

  static Adapter& adapter_of(void* self) { return static_cast<Instance*>(self)->adapter; }

  // Harmless elsewhere: no Python, one that is not initialised, or one of another host is left alone.
  static bool detect() {
    const PythonApi* const api = running_python();
    if (!api) return false;
    const Gil gil(*api);
    try {
      return Description::is_here(*api);
    } catch (const std::exception&) {
      return false;
    }
  }

  static const silex_adapter* create() {
    try {
      if (detect()) return make(*running_python());
      set_error(Description::refusal);
    } catch (const std::exception& error) {
      set_error(error.what());
    }
    return nullptr;
  }

  static const silex_adapter* make(const PythonApi& api) {
    const Gil gil(api);
    refuse_free_threaded(api);
    return &(new Instance(api))->functions;
  }

  static silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
    try {
      *mode = adapter_of(self).attach(pump);
      return SILEX_OK;
    } catch (const std::exception& error) {
      set_error(error.what());
      return SILEX_ERROR_ADAPTER_FAILED;
    }
  }
  static void detach(void* self) { adapter_of(self).detach(); }
  static silex_status wake(void* self) {
    adapter_of(self).wake();
    return SILEX_OK;
  }
  static void destroy(void* self) { delete static_cast<Instance*>(self); }
};

}  // namespace silex::python

#define SILEX_PYTHON_ADAPTER(Description)                        \
  extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin{ \
      sizeof(silex_plugin_entry),                                \
      SILEX_ABI_MAJOR,                                           \
      SILEX_ABI_MINOR,                                           \
      Description::name,                                         \
      Description::version,                                      \
      &silex::python::init_plugin,                               \
      &silex::python::deinit_plugin,                             \
      &silex::python::PluginEntry<Description>::get_factory};
