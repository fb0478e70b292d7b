// The same in C++17, which the C ABI is for, too.
#include <silex/adapter.h>
#include <silex/plugin.h>

#include <cstring>

namespace {

silex_status init(const silex_host* host) {
  static_cast<void>(host);
  return SILEX_OK;
}

bool detect() {
  return false;
}

const silex_adapter* create() {
  return nullptr;
}

const void* get_factory(const char* id) {
  static const silex_adapter_factory factory = {sizeof(silex_adapter_factory), "in_cpp17", "A host in C++",
                                                detect, create};
  return std::strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : nullptr;
}

}  // namespace

extern "C" SILEX_EXPORT const silex_plugin_entry silex_plugin = {
    sizeof(silex_plugin_entry), SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "in_cpp17", "1.0", init, init, get_factory};
