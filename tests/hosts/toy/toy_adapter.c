/* The adapter of the test host, in C11 over the ABI alone: what the smallest adapter looks like. */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "toy_host.h"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static const silex_host* silex; /* one runtime at a time */
static pid_t process;           /* whose that is: after a fork, the child has none yet */
static const toy_host_functions* host;
static silex_pump* pump;          /* while attached */
static atomic_int callbacks_held; /* by the host: our code must not go while there are some */

static bool detect(void) {
  host = dlsym(RTLD_DEFAULT, "toy_host_api");
  return host != NULL;
}

/* [main-thread] The pump is a no-op by now if we were detached meanwhile. */
static void drain(void* data) {
  silex_pump* held = data;
  held->drain(held, NULL);
  held->release(held);
  atomic_fetch_sub(&callbacks_held, 1);
}

static void quit(void* data) {
  silex_pump* held = data;
  held->quit(held);
}

static silex_status attach(void* self, silex_pump* given, silex_host_mode* mode) {
  (void)self;
  pump = given;
  pump->retain(pump);
  *mode = host->is_batch() ? SILEX_HOST_BATCH : SILEX_HOST_INTERACTIVE;
  host->on_quit(quit, pump);
  return SILEX_OK;
}

static void detach(void* self) {
  (void)self;
  host->on_quit(NULL, NULL);
  pump->release(pump);
  pump = NULL;
}

/* [any-thread] Each posted callback holds a reference of its own. */
static silex_status wake(void* self) {
  (void)self;
  pump->retain(pump);
  atomic_fetch_add(&callbacks_held, 1);
  if (host->post(drain, pump)) return SILEX_OK;
  atomic_fetch_sub(&callbacks_held, 1);
  pump->release(pump);
  silex->set_error(silex, "the host is quitting");
  return SILEX_ERROR_ADAPTER_FAILED;
}

static void destroy(void* self) {
  (void)self;
}

static const silex_adapter adapter = {sizeof adapter, NULL, attach, detach, wake, destroy};
static const silex_adapter* create(void) {
  if (host) return &adapter;
  silex->set_error(silex, "this process is not the test host");
  return NULL;
}

static const silex_adapter_factory factory = {sizeof factory, "toy", "Test host", detect, create};

static silex_status init(const silex_host* given) {
  if (silex && process == getpid()) {
    given->set_error(given,
                     "the test host serves one runtime at a time: unload the plugin from the other one");
    return SILEX_ERROR_BUSY;
  }
  silex = given;
  process = getpid();
  detect();
  return SILEX_OK;
}
static silex_status deinit(const silex_host* given) {
  (void)given;
  silex = NULL;
  return atomic_load(&callbacks_held) == 0 ? SILEX_OK : SILEX_ERROR_PLUGIN_BUSY;
}
static const void* get_factory(const char* id) {
  for (const char* wanted = SILEX_ADAPTER_FACTORY; *id == *wanted; ++id, ++wanted) {
    if (!*id) return &factory;
  }
  return NULL;
}

const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "toy", "1.0.0", init, deinit, get_factory};
