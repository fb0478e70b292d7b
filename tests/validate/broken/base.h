/* A good adapter for the host of these tests. A file beside this one defines one name, such as WAKE, includes
 * this one, and has its own function in place of the good one: so each differs in one thing. C11 and C++. */
#include "../host.h"

#include <silex/adapter.h>
#include <silex/plugin.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifndef ENTRY_SIZE
#define ENTRY_SIZE sizeof(silex_plugin_entry)
#endif
#ifndef ENTRY_MAJOR
#define ENTRY_MAJOR SILEX_ABI_MAJOR
#endif
#ifndef ENTRY_VERSION
#define ENTRY_VERSION "1.0.0"
#endif
#ifndef FACTORY_SIZE
#define FACTORY_SIZE sizeof(silex_adapter_factory)
#endif
#ifndef FACTORY_TITLE
#define FACTORY_TITLE "Host to validate in"
#endif
#ifndef ADAPTER_SIZE
#define ADAPTER_SIZE sizeof(silex_adapter)
#endif
#ifndef REPORT_SIZE
#define REPORT_SIZE sizeof(silex_drain_report)
#endif
#ifndef INIT
#define INIT init
#endif
#ifndef DEINIT
#define DEINIT deinit
#endif
#ifndef GET_FACTORY
#define GET_FACTORY get_factory
#endif
#ifndef DETECT
#define DETECT detect
#endif
#ifndef CREATE
#define CREATE create
#endif
#ifndef DESTROY
#define DESTROY destroy
#endif
#ifndef ATTACH
#define ATTACH attach
#endif
#ifndef DETACH
#define DETACH detach
#endif
#ifndef WAKE
#define WAKE wake
#endif
#ifndef ON_DRAIN
#define ON_DRAIN on_drain
#endif
#ifndef ON_QUIT
#define ON_QUIT on_quit
#endif
#define MAY_BE_REPLACED __attribute__((unused)) static

struct instance {
  silex_adapter functions;
  silex_pump* pump; /* while attached */
  int number;       /* for those that are broken */
};

static silex_status INIT(const silex_host* host);
static silex_status DEINIT(const silex_host* host);
static const void* GET_FACTORY(const char* id);
static bool DETECT(void);
static const silex_adapter* CREATE(void);
static void DESTROY(void* self);
static silex_status ATTACH(void* self, silex_pump* pump, silex_host_mode* mode);
static void DETACH(void* self);
static silex_status WAKE(void* self);
static void ON_DRAIN(void* data);
static void ON_QUIT(void* data);

static pthread_mutex_t hosts_mutex = PTHREAD_MUTEX_INITIALIZER;
static const silex_host* hosts[16]; /* of each runtime that has loaded the plugin */
static int host_count;
static int held; /* callbacks that the host holds */

static const validate_host_functions* find_host(void) {
  return (const validate_host_functions*)dlsym(RTLD_DEFAULT, "validate_host");
}

MAY_BE_REPLACED void set_error(const char* message) {
  pthread_mutex_lock(&hosts_mutex);
  if (host_count > 0) hosts[host_count - 1]->set_error(hosts[host_count - 1], message);
  pthread_mutex_unlock(&hosts_mutex);
}

MAY_BE_REPLACED void on_drain(void* data) {
  silex_pump* const pump = (silex_pump*)data;
  silex_drain_report report = {REPORT_SIZE, 0, 0};
  pump->drain(pump, &report);
  pump->release(pump);
  __atomic_sub_fetch(&held, 1, __ATOMIC_SEQ_CST);
}

MAY_BE_REPLACED void on_quit(void* data) {
  silex_pump* const pump = ((struct instance*)data)->pump;
  pump->retain(pump);
  pump->quit(pump);
  pump->release(pump);
}

/* Has a callback called, which holds a reference of its own. */
MAY_BE_REPLACED silex_status ask(silex_pump* pump) {
  pump->retain(pump);
  __atomic_add_fetch(&held, 1, __ATOMIC_SEQ_CST);
  if (find_host()->post(ON_DRAIN, pump)) return SILEX_OK;
  __atomic_sub_fetch(&held, 1, __ATOMIC_SEQ_CST);
  pump->release(pump);
  set_error("the host is quitting");
  return SILEX_ERROR_ADAPTER_FAILED;
}

MAY_BE_REPLACED silex_status wake(void* self) {
  return ask(((struct instance*)self)->pump);
}

MAY_BE_REPLACED silex_status attach(void* self, silex_pump* pump, silex_host_mode* mode) {
  struct instance* const me = (struct instance*)self;
  if (!find_host()->on_quit(ON_QUIT, me)) {
    set_error("the host refuses");
    return SILEX_ERROR_ADAPTER_FAILED;
  }
  pump->retain(pump);
  me->pump = pump;
  *mode = find_host()->is_batch() ? SILEX_HOST_BATCH : SILEX_HOST_INTERACTIVE;
  return SILEX_OK;
}

MAY_BE_REPLACED void detach(void* self) {
  struct instance* const me = (struct instance*)self;
  find_host()->on_quit(NULL, me);
  me->pump->release(me->pump);
  me->pump = NULL;
}

MAY_BE_REPLACED void destroy(void* self) {
  free(self);
}

MAY_BE_REPLACED bool detect(void) {
  return find_host() != NULL;
}

MAY_BE_REPLACED const silex_adapter* create(void) {
  struct instance* const me = find_host() ? (struct instance*)calloc(1, sizeof *me) : NULL;
  if (!me) {
    set_error("this process is not the host to validate in");
    return NULL;
  }
  const silex_adapter functions = {ADAPTER_SIZE, me, ATTACH, DETACH, WAKE, DESTROY};
  me->functions = functions;
  return &me->functions;
}

MAY_BE_REPLACED silex_status init(const silex_host* host) {
  pthread_mutex_lock(&hosts_mutex);
  hosts[host_count++] = host;
  pthread_mutex_unlock(&hosts_mutex);
  return SILEX_OK;
}

MAY_BE_REPLACED silex_status deinit(const silex_host* host) {
  pthread_mutex_lock(&hosts_mutex);
  for (int i = 0; i < host_count; ++i) {
    if (hosts[i] == host) hosts[i] = hosts[--host_count];
  }
  pthread_mutex_unlock(&hosts_mutex);
  return __atomic_load_n(&held, __ATOMIC_SEQ_CST) == 0 ? SILEX_OK : SILEX_ERROR_PLUGIN_BUSY;
}

MAY_BE_REPLACED const silex_adapter_factory factory = {FACTORY_SIZE, "validated", FACTORY_TITLE, DETECT,
                                                       CREATE};

MAY_BE_REPLACED const void* get_factory(const char* id) {
  return strcmp(id, SILEX_ADAPTER_FACTORY) == 0 ? &factory : NULL;
}

#ifdef __cplusplus
extern "C"
#endif
    SILEX_EXPORT const silex_plugin_entry silex_plugin = {
        ENTRY_SIZE, ENTRY_MAJOR, SILEX_ABI_MINOR, "validated", ENTRY_VERSION, INIT, DEINIT, GET_FACTORY};
