// A plugin with an adapter that breaks the one rule that C can't check: a C++ exception leaves one of its
// functions. Which function and what it throws stands in the environment: SILEX_TEST_THROW="init std".
#include "observed.h"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

extern "C" SILEX_EXPORT observed observed;
struct observed observed;

namespace {

void maybe_throw(const char* function) {
  const char* wanted = std::getenv("SILEX_TEST_THROW");
  if (!wanted) return;
  if (std::string(function) + " std" == wanted) {
    throw std::runtime_error("thrown in " + std::string(function));
  }
  if (std::string(function) + " int" == wanted) throw 42;
}

silex_status attach(void* /*self*/, silex_pump* pump, silex_host_mode* mode) {
  maybe_throw("attach");
  *mode = SILEX_HOST_INTERACTIVE;
  pump->retain(pump);
  observed.pump = pump;
  return SILEX_OK;
}

void detach(void* /*self*/) {
  observed.pump->release(observed.pump);
  maybe_throw("detach");
}

silex_status wake(void* /*self*/) {
  maybe_throw("wake");
  return SILEX_OK;
}

void destroy(void* /*self*/) {
  maybe_throw("destroy");
}

bool detect() {
  maybe_throw("detect");
  return true;
}

const silex_adapter* create() {
  maybe_throw("create");
  static constexpr silex_adapter adapter{sizeof(silex_adapter), nullptr, attach, detach, wake, destroy};
  return &adapter;
}

silex_status init(const silex_host* host) {
  ++observed.inits;
  observed.host = host;
  maybe_throw("init");
  return SILEX_OK;
}

silex_status deinit(const silex_host* /*host*/) {
  ++observed.deinits;
  maybe_throw("deinit");
  return SILEX_OK;
}

const void* get_factory(const char* id) {
  maybe_throw("get_factory");
  static constexpr silex_adapter_factory factory{sizeof(silex_adapter_factory), "throws", "Throws", detect,
                                                 create};
  return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
}

}  // namespace

const silex_plugin_entry silex_plugin = {sizeof(silex_plugin_entry),
                                         SILEX_ABI_MAJOR,
                                         SILEX_ABI_MINOR,
                                         "throws-plugin",
                                         "1.0.0",
                                         init,
                                         deinit,
                                         get_factory};
