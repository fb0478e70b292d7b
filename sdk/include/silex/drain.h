/* The main thread's side of deferred calls: draining the queue, and pumping where the host has no loop. */
#ifndef SILEX_DRAIN_H
#define SILEX_DRAIN_H

#include "error.h"

SILEX_BEGIN_C

/* What one drain did. The caller sets `size`. */
typedef struct silex_drain_report {
  uint32_t size;
  uint32_t calls_run;  /* by this drain, not by those nested in it */
  uint32_t calls_left; /* queued when it returned; not 0 where the budget was spent */
} silex_drain_report;

/* Runs queued calls in order until none is left or the budget is spent, then asks the adapter for another
 * drain if some are left. May be called again from inside a deferred call (a modal dialog's loop): the queue
 * goes on behind it. `report` may be NULL. [main-thread]
 * SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_WRONG_THREAD, SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_FORKED. */
SILEX_API silex_status silex_drain(silex_runtime* runtime, silex_drain_report* report);

/* Runs deferred calls until `until` returns true, for hosts in batch mode, which have no idle loop. `until`
 * is asked after every drain, after silex_pump_notify(), and at least every 50 ms; NULL means never. It must
 * not throw. [main-thread] Blocks for at most `timeout_ns` (0: one drain; SILEX_NONE: for ever) plus the
 * length of a call that is running then. SILEX_ERROR_TIMED_OUT, SILEX_ERROR_HOST_GONE where the runtime
 * stopped meanwhile, and as silex_drain(). */
SILEX_API silex_status silex_pump_until(silex_runtime* runtime, bool (*until)(void* data), void* data,
                                        uint64_t timeout_ns);

/* Makes a silex_pump_until() ask its `until` now; nothing where none is waiting. [any-thread] Never blocks.
 * SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_FORKED. */
SILEX_API silex_status silex_pump_notify(silex_runtime* runtime);

SILEX_END_C

#endif
