// The plugin's entry: what makes the adapter loadable. No C++ exception may leave these functions.
#include "adapter.hpp"

#include <silex/loaded_by.hpp>
#include <silex/plugin.h>

#include <cstring>
#include <exception>
#include <new>

namespace {

silex::LoadedBy loaded_by;

silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
  try {
    *mode = static_cast<Adapter*>(self)->attach(pump);
    return SILEX_OK;
  } catch (const std::exception& error) {
    loaded_by.set_error(error.what());
    return SILEX_ERROR_ADAPTER_FAILED;
  }
}

void detach(void* self) {
  static_cast<Adapter*>(self)->detach();
}

silex_status wake(void* self) {
  try {
    return static_cast<Adapter*>(self)->wake();
  } catch (const std::bad_alloc&) {
    return SILEX_ERROR_OUT_OF_MEMORY;
  }
}

struct LoadedAdapter {
  Adapter adapter;
  silex_adapter functions;
};

void destroy(void* self) {
  delete reinterpret_cast<LoadedAdapter*>(self);  // the adapter is its first member
}

bool detect() {
  return find_host() != nullptr;
}

const silex_adapter* create() {
  const @name@_host* const host = find_host();
  auto* const loaded = host ? new (std::nothrow) LoadedAdapter{Adapter(*host), {}} : nullptr;
  if (!loaded) {
    loaded_by.set_error(host ? "there is no memory left" : "this process is not @Name@");
    return nullptr;
  }
  loaded->functions = {sizeof(silex_adapter), &loaded->adapter, &attach, &detach, &wake, &destroy};
  return &loaded->functions;
}

silex_status init(const silex_host* host) {
  return loaded_by.add(host);
}

silex_status deinit(const silex_host* host) {
  loaded_by.remove(host);
  return any_callback_left() ? SILEX_ERROR_PLUGIN_BUSY : SILEX_OK;
}

const void* get_factory(const char* id) {
  static const silex_adapter_factory factory{sizeof factory, "@name@", "@Name@", &detect, &create};
  return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
}

}  // namespace

extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin{sizeof(silex_plugin_entry),
                                                              SILEX_ABI_MAJOR,
                                                              SILEX_ABI_MINOR,
                                                              "@name@",
                                                              "0.1.0",
                                                              &init,
                                                              &deinit,
                                                              &get_factory};
