/* What the watchdogs see: a loop that somebody holds, a host that does not come back, a host that is gone. */
#ifndef SILEX_EVENT_H
#define SILEX_EVENT_H

#include "error.h"

SILEX_BEGIN_C

typedef enum silex_event_kind {
  SILEX_EVENT_LOOP_STALLED = 1,    /* a task holds the loop; `name` is the task's */
  SILEX_EVENT_LOOP_RESUMED = 2,    /* it let go; `duration_ns` is how long it held the loop in all */
  SILEX_EVENT_SLOW_CALL = 3,       /* a deferred call held the main thread; `name` is the call's */
  SILEX_EVENT_HOST_BUSY = 4,       /* calls wait, and the host has not drained; `name`: the call that runs */
  SILEX_EVENT_HOST_RESPONSIVE = 5, /* it drains again; `duration_ns` is how long it did not */
  SILEX_EVENT_HOST_GONE = 6        /* the adapter is detached */
} silex_event_kind;

typedef struct silex_event {
  uint32_t size;
  silex_event_kind kind;
  silex_task_id task;   /* whose task or call it was; 0: nobody's */
  const char* name;     /* "" if nobody is known; never NULL */
  uint64_t duration_ns; /* so far, or in all: see the kind */
  const char* message;  /* one sentence for people; never NULL */
} silex_event;

/* Takes the events, one after another, each once. Valid during the call.
 * [watch-thread] May block: only later events wait. Must not stop the runtime. */
typedef void (*silex_event_sink)(void* data, const silex_event* event);

SILEX_END_C

#endif
