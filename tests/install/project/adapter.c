/* The smallest adapter: its host is never here. */
#include <silex/adapter.h>
#include <silex/plugin.h>

#include <string.h>

static silex_status init(const silex_host* host) {
  (void)host;
  return SILEX_OK;
}

static bool detect(void) {
  return false;
}

static const silex_adapter* create(void) {
  return NULL;
}

static const void* get_factory(const char* id) {
  static const silex_adapter_factory factory = {sizeof factory, "in_c", "A host in C", detect, create};
  return strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : NULL;
}

SILEX_EXPORT const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "in_c", "1.0", init, init, get_factory};
