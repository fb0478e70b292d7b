/* A plugin that calls what no library of this process has. It is called late, if at all: a loader that binds
 * lazily takes the plugin, and the host dies at that call. */
#include <silex/plugin.h>

const void* silex_test_symbol_that_nobody_has(const char* id);

static silex_status init(const silex_host* host) {
  (void)host;
  return SILEX_OK;
}

static const void* get_factory(const char* id) {
  return silex_test_symbol_that_nobody_has(id);
}

const silex_plugin_entry silex_plugin = {sizeof(silex_plugin_entry),
                                         SILEX_ABI_MAJOR,
                                         SILEX_ABI_MINOR,
                                         "unresolved",
                                         "1.0.0",
                                         init,
                                         init,
                                         get_factory};
