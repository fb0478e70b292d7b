/* The event loop: posting to it, timers, and the tasks that warnings and logs speak of. */
#ifndef SILEX_LOOP_H
#define SILEX_LOOP_H

#include "error.h"

SILEX_BEGIN_C

/* Runs function(data) on the loop, in order of arrival, on behalf of `task` (0: nobody's; while the runtime
 * stops only of open ones). Once accepted it is called exactly once. [any-thread] Never blocks.
 * SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_FORKED, SILEX_ERROR_OUT_OF_MEMORY. */
SILEX_API silex_status silex_post(silex_runtime* runtime, silex_task_id task, void (*function)(void* data),
                                  void* data);

/* Copied when it is accepted. */
typedef struct silex_timer {
  uint32_t size;
  silex_task_id task; /* on whose behalf; 0: nobody's */
  uint64_t delay_ns;  /* to the first call; 0: as soon as the loop comes round */
  uint64_t period_ns; /* between calls after it; 0: once */
  void* data;         /* handed to fired() */
  /* Called with SILEX_OK when the time has come, never early. A timer that is cancelled, or that waits while
   * the runtime stops, is told so once, with SILEX_ERROR_CANCELLED or SILEX_ERROR_HOST_GONE; that call is
   * its last, as is the SILEX_OK of a timer without a period. [loop-thread] Must not block. */
  void (*fired)(void* data, silex_status reason);
} silex_timer;

/* Starts a timer on the loop; silex_cancel() ends it. `id` may be NULL. [any-thread] Never blocks.
 * As silex_post(). */
SILEX_API silex_status silex_timer_start(silex_runtime* runtime, const silex_timer* timer, silex_id* id);

/* What a task is called, and how it is asked to end. Copied, `name` included. */
typedef struct silex_task {
  uint32_t size;
  const char* name; /* as an artist would know it, "publish: export geometry"; not NULL */
  void* data;       /* handed to cancel() */
  /* Asked to end, by silex_task_cancel() or while the runtime stops; may be NULL. At most once, never after
   * silex_task_close() returned on the loop. [loop-thread] Must not block. */
  void (*cancel)(void* data);
} silex_task;

/* Opens a task: from now on work done on its behalf is reported under its name. While the runtime stops, it
 * waits (with a bound) for every open task to be closed. [any-thread] Never blocks. As silex_post(). */
SILEX_API silex_status silex_task_open(silex_runtime* runtime, const silex_task* task, silex_task_id* id);

/* Closes a task. [any-thread] Never blocks. SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_task_close(silex_runtime* runtime, silex_task_id id);

/* Asks a task to end. [any-thread] Never blocks. SILEX_ERROR_NOT_FOUND, and as silex_post(). */
SILEX_API silex_status silex_task_cancel(silex_runtime* runtime, silex_task_id id);

SILEX_END_C

#endif
