/* A good plugin that does nothing; the definitions break its entry, one member at a time. */
#include "observed.h"

#include <silex/plugin.h>

#include <stddef.h>

#ifndef ENTRY_SIZE
#define ENTRY_SIZE sizeof(silex_plugin_entry)
#endif
#ifndef ENTRY_MAJOR
#define ENTRY_MAJOR SILEX_ABI_MAJOR
#endif
#ifndef ENTRY_MINOR
#define ENTRY_MINOR SILEX_ABI_MINOR
#endif
#ifndef ENTRY_NAME
#define ENTRY_NAME "good"
#endif
#ifndef ENTRY_VERSION
#define ENTRY_VERSION "1.2.3"
#endif
#ifndef ENTRY_INIT
#define ENTRY_INIT init
#endif
#ifndef ENTRY_DEINIT
#define ENTRY_DEINIT deinit
#endif
#ifndef ENTRY_GET_FACTORY
#define ENTRY_GET_FACTORY get_factory
#endif
#ifndef INIT_RESULT
#define INIT_RESULT SILEX_OK
#endif
#ifndef DEINIT_RESULT
#define DEINIT_RESULT SILEX_OK
#endif

SILEX_EXPORT struct observed observed;

SILEX_EXPORT int answer(void) {
  return 42;
}

static silex_status init(const silex_host* host) {
  ++observed.inits;
  observed.host = host;
#ifdef INIT_ERROR
  host->set_error(host, INIT_ERROR);
#endif
  return INIT_RESULT;
}

static silex_status deinit(const silex_host* host) {
  ++observed.deinits;
#ifdef DEINIT_ERROR
  host->set_error(host, DEINIT_ERROR);
#endif
  (void)host;
  return DEINIT_RESULT;
}

static const void* get_factory(const char* id) {
  (void)id;
  return NULL;
}

#define ENTRY                                                                                  \
  {                                                                                            \
    ENTRY_SIZE, ENTRY_MAJOR, ENTRY_MINOR, ENTRY_NAME, ENTRY_VERSION, ENTRY_INIT, ENTRY_DEINIT, \
        ENTRY_GET_FACTORY                                                                      \
  }

#ifdef ENTRY_MISALIGNED
/* As a struct of somebody else's that was packed has it. */
struct packed {
  char first;
  silex_plugin_entry entry;
} __attribute__((packed));
__attribute__((used, visibility("hidden"))) struct packed packed_entry = {'x', ENTRY};
__asm__(".globl silex_plugin\n.type silex_plugin, @object\n.set silex_plugin, packed_entry + 1");
#else
const silex_plugin_entry silex_plugin = ENTRY;
#endif
