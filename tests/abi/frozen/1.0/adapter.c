/* An adapter that was written for ABI 1.0. It is never changed: what loads it must go on doing so. */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "host.h"

#include <silex/adapter.h>
#include <silex/api.h>
#include <silex/plugin.h>

#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

_Static_assert(SILEX_ABI_MAJOR == 1 && SILEX_ABI_MINOR == 0, "built with its own headers");

static const silex_host* silex;
static const frozen_host_functions* host;
static silex_pump* pump;          /* while attached */
static atomic_int callbacks_held; /* by the host */

static bool detect(void) {
  host = dlsym(RTLD_DEFAULT, "frozen_host");
  return host != NULL;
}

static void drain(void* data) {
  silex_pump* held = data;
  silex_drain_report report = {.size = sizeof report};
  held->drain(held, &report);
  held->release(held);
  atomic_fetch_sub(&callbacks_held, 1);
}

static void quit(void* data) {
  silex_pump* held = data;
  held->log(held, SILEX_LOG_INFO, "the frozen host quits");
  held->quit(held);
}

static silex_status attach(void* self, silex_pump* given, silex_host_mode* mode) {
  (void)self;
  if (given->size < sizeof *given) return SILEX_ERROR_ADAPTER_FAILED;
  pump = given;
  pump->retain(pump);
  *mode = SILEX_HOST_INTERACTIVE;
  host->on_quit(quit, pump);
  return SILEX_OK;
}

static void detach(void* self) {
  (void)self;
  host->on_quit(NULL, NULL);
  pump->release(pump);
  pump = NULL;
}

static silex_status wake(void* self) {
  (void)self;
  pump->retain(pump);
  atomic_fetch_add(&callbacks_held, 1);
  if (host->post(drain, pump)) return SILEX_OK;
  atomic_fetch_sub(&callbacks_held, 1);
  pump->release(pump);
  silex->set_error(silex, "the frozen host is quitting");
  return SILEX_ERROR_ADAPTER_FAILED;
}

static void destroy(void* self) {
  (void)self;
}

static const silex_adapter adapter = {sizeof adapter, NULL, attach, detach, wake, destroy};
static const silex_adapter* create(void) {
  return detect() ? &adapter : NULL;
}

static const silex_adapter_factory factory = {sizeof factory, "frozen", "Frozen host", detect, create};

static silex_status init(const silex_host* given) {
  silex = given;
  /* All that 1.0 had is there, at its place. */
  const silex_api* api = given->get_extension(given, SILEX_API_EXTENSION);
  if (given->size < sizeof *given || given->abi_major != SILEX_ABI_MAJOR || !api || api->size < sizeof *api ||
      strcmp(api->status_name(SILEX_ERROR_PLUGIN_BUSY), "SILEX_ERROR_PLUGIN_BUSY") != 0 ||
      given->get_extension(given, "nobody.knows/1")) {
    given->set_error(given, "this runtime is not what ABI 1.0 says");
    return SILEX_ERROR_INIT_FAILED;
  }
  given->log(given, SILEX_LOG_INFO, "an adapter of ABI 1.0 is loaded");
  return SILEX_OK;
}
static silex_status deinit(const silex_host* given) {
  (void)given;
  return atomic_load(&callbacks_held) == 0 ? SILEX_OK : SILEX_ERROR_PLUGIN_BUSY;
}
static const void* get_factory(const char* id) {
  return strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : NULL;
}

const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "frozen", "1.0.0", init, deinit, get_factory};
