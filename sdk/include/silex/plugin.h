/* A plugin: a shared library that exports one symbol, `silex_plugin`. It includes these headers and links
 * nothing of ours. */
#ifndef SILEX_PLUGIN_H
#define SILEX_PLUGIN_H

#include "log.h"

SILEX_BEGIN_C

/* The runtime, as a plugin sees it. Valid from init() until deinit() has returned. */
typedef struct silex_host {
  uint32_t size;
  uint32_t abi_major;  /* the runtime's SILEX_ABI_MAJOR */
  uint32_t abi_minor;  /* the runtime's SILEX_ABI_MINOR */
  const char* version; /* of the SDK, "0.1.0" */
  void* impl;          /* the runtime's; hand it back through `host` */
  /* Says why a function of the plugin is about to fail. Copied. [any-thread] Never blocks. */
  void (*set_error)(const struct silex_host* host, const char* message);
  /* Writes to the runtime's log. [any-thread] */
  void (*log)(const struct silex_host* host, silex_log_level level, const char* message);
  /* A table of functions by its id (see api.h), or NULL where this host does not have it. [any-thread] */
  const void* (*get_extension)(const struct silex_host* host, const char* id);
} silex_host;

/* No function here may let a C++ exception out; one that gets out is caught and reported as
 * SILEX_ERROR_PLUGIN_EXCEPTION, and after init() or deinit() the code stays loaded for good. Static
 * initialisers must not throw either: that leaves the system's loader locked, for the whole process. All are
 * [main-thread]. */
typedef struct silex_plugin_entry {
  uint32_t size;
  uint32_t abi_major;  /* SILEX_ABI_MAJOR that it was built with */
  uint32_t abi_minor;  /* SILEX_ABI_MINOR */
  const char* name;    /* unique among loaded plugins, [a-z0-9_-]+ */
  const char* version; /* the plugin's own */
  /* Called once for each runtime that loads the plugin, before anything else. On failure the plugin calls
   * set_error(), returns a code, and is unloaded without deinit(). */
  silex_status (*init)(const silex_host* host);
  /* Called once for each init() that succeeded, before the library is unloaded. Returning
   * SILEX_ERROR_PLUGIN_BUSY (the host still holds one of its callbacks, say) keeps the code loaded for good.
   */
  silex_status (*deinit)(const silex_host* host);
  /* The factory with that id, such as SILEX_ADAPTER_FACTORY, or NULL. Static storage. */
  const void* (*get_factory)(const char* id);
} silex_plugin_entry;

/* The symbol's name, for dlsym(). */
#define SILEX_PLUGIN_SYMBOL "silex_plugin"

/* Declared for the plugin, which defines it; libsilex does not. */
extern SILEX_EXPORT const silex_plugin_entry silex_plugin;

SILEX_END_C

#endif
