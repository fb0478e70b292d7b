/* An adapter: how one host calls a C function on its main thread. All else (the queue, order, budgets,
 * outcomes, shutdown) is the runtime's, so that all adapters behave alike. */
#ifndef SILEX_ADAPTER_H
#define SILEX_ADAPTER_H

#include "drain.h"
#include "log.h"

SILEX_BEGIN_C

#define SILEX_ADAPTER_FACTORY "silex.adapter/1"

/* The adapter's handle on the runtime's queue, and what the host's callbacks should hold: it outlives
 * detach(), after which it does nothing. Counted; attach() receives it without a reference of its own. */
typedef struct silex_pump {
  uint32_t size;
  void* impl; /* the runtime's */
  /* A reference keeps the handle valid, not the runtime. [any-thread] Never blocks. */
  void (*retain)(struct silex_pump* pump);
  void (*release)(struct silex_pump* pump);
  /* silex_drain(), or SILEX_ERROR_HOST_GONE once detached. `report` may be NULL. [main-thread] */
  silex_status (*drain)(struct silex_pump* pump, silex_drain_report* report);
  /* The host is quitting: silex_runtime_stop(), from whichever of the host's hooks comes first; the others
   * find nothing left to do. Calls detach() before it returns. [main-thread] */
  silex_status (*quit)(struct silex_pump* pump);
  /* Writes to the runtime's log; nothing once detached. [any-thread] */
  void (*log)(struct silex_pump* pump, silex_log_level level, const char* message);
} silex_pump;

/* Whether the host has an idle loop of its own. */
typedef enum silex_host_mode {
  SILEX_HOST_INTERACTIVE = 0, /* it calls us back after wake() */
  SILEX_HOST_BATCH = 1        /* it does not: somebody calls silex_pump_until() */
} silex_host_mode;

/* One adapter at work. No function may let a C++ exception out. */
typedef struct silex_adapter {
  uint32_t size;
  void* self; /* the adapter's; handed to every function */
  /* Starts: keeps `pump`, registers with the host, and tells the mode. Must not call pump->drain().
   * On failure it calls silex_host.set_error() and leaves nothing registered. [main-thread] */
  silex_status (*attach)(void* self, silex_pump* pump, silex_host_mode* mode);
  /* Stops: unregisters from the host and releases what it retained. After this, the runtime calls none but
   * destroy(). Called also from inside a drain, and while the host tears itself down. [main-thread] */
  void (*detach)(void* self);
  /* Asks the host to call pump->drain() once on its main thread, soon. Not called again before that drain,
   * but where none came for a while. Not called in batch mode. [any-thread] Must not block, run the
   * drain itself, or take a lock that the main thread may hold while it calls us, such as Python's GIL. */
  silex_status (*wake)(void* self);
  /* Frees the adapter. [main-thread] */
  void (*destroy)(void* self);
} silex_adapter;

/* What silex_plugin.get_factory(SILEX_ADAPTER_FACTORY) returns. Static storage. */
typedef struct silex_adapter_factory {
  uint32_t size;
  const char* name;  /* "blender"; unique among adapters */
  const char* title; /* "Blender", for people */
  /* Whether this process is the adapter's host. Must be harmless in every other process. [main-thread] */
  bool (*detect)(void);
  /* Makes an adapter, not yet attached. NULL after silex_host.set_error() on failure. The struct is the
   * adapter's own memory and lives until destroy(). [main-thread] */
  const silex_adapter* (*create)(void);
} silex_adapter_factory;

SILEX_END_C

#endif
