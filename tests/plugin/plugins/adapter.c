/* A plugin with an adapter whose host is the test itself: it drains when it likes. The definitions say how
 * it answers, and break its factory, one member at a time. */
#include "observed.h"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <stddef.h>
#include <string.h>

#ifndef ADAPTER_NAME
#define ADAPTER_NAME "tame"
#endif
#ifndef DETECTS
#define DETECTS true
#endif
#ifndef FACTORY_SIZE
#define FACTORY_SIZE sizeof(silex_adapter_factory)
#endif
#ifndef FACTORY_NAME
#define FACTORY_NAME ADAPTER_NAME
#endif
#ifndef FACTORY_TITLE
#define FACTORY_TITLE "Tame host"
#endif
#ifndef FACTORY_DETECT
#define FACTORY_DETECT detect
#endif
#ifndef FACTORY_CREATE
#define FACTORY_CREATE create
#endif
#ifndef ADAPTER_SIZE
#define ADAPTER_SIZE sizeof(silex_adapter)
#endif
#ifndef ADAPTER_WAKE
#define ADAPTER_WAKE wake
#endif
#ifndef ATTACH_RESULT
#define ATTACH_RESULT SILEX_OK
#endif
#ifndef WAKE_RESULT
#define WAKE_RESULT SILEX_OK
#endif
#ifndef CREATED
#define CREATED &adapter
#endif

SILEX_EXPORT struct observed observed;

static silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
  (void)self;
  ++observed.attaches;
  *mode = SILEX_HOST_INTERACTIVE;
  if (ATTACH_RESULT != SILEX_OK) {
#ifdef ATTACH_ERROR
    observed.host->set_error(observed.host, ATTACH_ERROR);
#endif
    return ATTACH_RESULT;
  }
  pump->retain(pump);
  observed.pump = pump;
  return SILEX_OK;
}

static void detach(void* self) {
  (void)self;
  ++observed.detaches;
  observed.pump->release(observed.pump);
  observed.pump = NULL;
}

static silex_status wake(void* self) {
  (void)self;
  __atomic_add_fetch(&observed.wakes, 1, __ATOMIC_RELAXED);
  if (WAKE_RESULT != SILEX_OK) observed.host->set_error(observed.host, "its window is gone");
  return WAKE_RESULT;
}

static void destroy(void* self) {
  (void)self;
  ++observed.destroys;
}

static bool detect(void) {
  ++observed.detects;
  return DETECTS;
}

static const silex_adapter* create(void) {
  static const silex_adapter adapter = {ADAPTER_SIZE, NULL, attach, detach, ADAPTER_WAKE, destroy};
  (void)adapter;
#ifdef CREATE_ERROR
  observed.host->set_error(observed.host, CREATE_ERROR);
#endif
  return CREATED;
}

static silex_status init(const silex_host* host) {
  ++observed.inits;
  observed.host = host;
  return SILEX_OK;
}

static silex_status deinit(const silex_host* host) {
  (void)host;
  ++observed.deinits;
  return SILEX_OK;
}

static const void* get_factory(const char* id) {
  static const silex_adapter_factory factory = {FACTORY_SIZE, FACTORY_NAME, FACTORY_TITLE, FACTORY_DETECT,
                                                FACTORY_CREATE};
  return strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : NULL;
}

const silex_plugin_entry silex_plugin = {sizeof(silex_plugin_entry),
                                         SILEX_ABI_MAJOR,
                                         SILEX_ABI_MINOR,
                                         ADAPTER_NAME "-plugin",
                                         "1.0.0",
                                         init,
                                         deinit,
                                         get_factory};
