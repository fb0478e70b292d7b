// An adapter for services: their main loop, whatever it is, is the main thread. It links nothing of the
// service.
#include "headless_loop.h"

#include <silex/adapter.h>
#include <silex/loaded_by.hpp>
#include <silex/plugin.h>
#include <silex/pump.hpp>

#include <atomic>
#include <cstring>
#include <memory>
#include <new>

#include <dlfcn.h>

namespace {

silex::LoadedBy loaded_by;

const headless_loop_functions* find_loop() {
  const auto* const loop = static_cast<const headless_loop_functions*>(dlsym(RTLD_DEFAULT, "headless_loop"));
  return loop && loop->size >= sizeof(headless_loop_functions) ? loop : nullptr;
}

struct Adapter {
  const headless_loop_functions* loop;
  silex::Pump pump;
  silex_adapter functions;
};

// What the loop has taken and not called yet. Each has a pump of its own: after detach() it does nothing.
std::atomic<int> posted{0};

void drain(void* data) {
  const std::unique_ptr<silex::Pump> pump(static_cast<silex::Pump*>(data));
  silex_drain_report report{sizeof report, 0, 0};
  static_cast<void>(pump->drain(report));
  posted.fetch_sub(1);
}

void quit(void* data) {
  const silex::Pump pump = static_cast<Adapter*>(data)->pump;  // the adapter's own goes while it quits
  static_cast<void>(pump.quit());
}

silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
  auto* const adapter = static_cast<Adapter*>(self);
  adapter->pump = silex::Pump(pump);
  adapter->loop->on_end(&quit, adapter);
  *mode = SILEX_HOST_INTERACTIVE;
  return SILEX_OK;
}

void detach(void* self) {
  auto* const adapter = static_cast<Adapter*>(self);
  adapter->loop->on_end(nullptr, nullptr);
  adapter->pump = {};
}

silex_status wake(void* self) {
  const auto* const adapter = static_cast<Adapter*>(self);
  std::unique_ptr<silex::Pump> held(new (std::nothrow) silex::Pump(adapter->pump));
  if (!held) return SILEX_ERROR_OUT_OF_MEMORY;
  posted.fetch_add(1);
  if (adapter->loop->post(&drain, held.get())) {
    static_cast<void>(held.release());  // drain() has it
    return SILEX_OK;
  }
  posted.fetch_sub(1);
  loaded_by.set_error("the service's loop has ended");
  return SILEX_ERROR_HOST_GONE;
}

void destroy(void* self) {
  delete static_cast<Adapter*>(self);
}

bool detect() {
  return find_loop() != nullptr;
}

const silex_adapter* create() {
  const headless_loop_functions* const loop = find_loop();
  auto* const adapter = loop ? new (std::nothrow) Adapter{loop, {}, {}} : nullptr;
  if (!adapter) {
    loaded_by.set_error(
        loop ? "there is no memory left"
             : "this process exports no `headless_loop`: define it as headless_loop.h declares it, and link "
               "the program with its symbols exported (CMake: ENABLE_EXPORTS)");
    return nullptr;
  }
  adapter->functions = {sizeof(silex_adapter), adapter, &attach, &detach, &wake, &destroy};
  return &adapter->functions;
}

silex_status init(const silex_host* host) {
  return loaded_by.add(host);
}

silex_status deinit(const silex_host* host) {
  loaded_by.remove(host);
  return posted.load() > 0 ? SILEX_ERROR_PLUGIN_BUSY : SILEX_OK;
}

const void* get_factory(const char* id) {
  static const silex_adapter_factory factory{sizeof factory, "headless", "Service without a host", &detect,
                                             &create};
  return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
}

}  // namespace

extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin{sizeof(silex_plugin_entry),
                                                              SILEX_ABI_MAJOR,
                                                              SILEX_ABI_MINOR,
                                                              "headless",
                                                              "0.1.0",
                                                              &init,
                                                              &deinit,
                                                              &get_factory};
