/* Work: a function to run on the host's main thread (silex_defer, silex_call_and_wait) or on a worker
 * (silex_submit), and how its end is told. */
#ifndef SILEX_WORK_H
#define SILEX_WORK_H

#include "error.h"

SILEX_BEGIN_C

/* What a running function may ask and say. Valid only while run() is on the stack. */
typedef struct silex_scope {
  uint32_t size;
  /* Somebody no longer wants the result: cancelled, timed out or stopping. Return SILEX_ERROR_CANCELLED as
   * soon as the scene is consistent. [any-thread] Never blocks. */
  bool (*stop_requested)(const struct silex_scope* scope);
  /* Says why run() is about to return SILEX_ERROR_EXCEPTION. Both strings are copied; `detail` may be NULL.
   * [the thread of run()] */
  void (*fail)(const struct silex_scope* scope, const char* message, const char* detail);
} silex_scope;

/* Told to done(). Valid only during done(). */
typedef struct silex_completion {
  uint32_t size;
  silex_outcome outcome;    /* how it ended */
  const silex_error* error; /* NULL with SILEX_OUTCOME_VALUE, else never NULL */
} silex_completion;

enum {
  /* When cancelled or timed out while run() is on the stack, tell done() at once instead of when run() has
   * returned. run() must then own all it touches: whoever waits may be gone before it returns. */
  SILEX_WORK_ABANDON = 1u << 0
};

/* What to run. Copied when it is accepted; what `name` and `data` point to is the caller's and must live
 * until release(). If silex_defer() or silex_submit() returns an error, none of its functions was or will
 * be called; of silex_call_and_wait(), see there. */
typedef struct silex_work {
  uint32_t size;
  uint32_t flags;      /* SILEX_WORK_* */
  silex_task_id task;  /* on whose behalf; 0: nobody's */
  const char* name;    /* for warnings and metrics, "list the selection"; NULL: the task's name */
  uint64_t timeout_ns; /* from acceptance to the end of run(); 0 or SILEX_NONE: none */
  void* data;          /* handed to the three functions */
  /* Does the work; its result goes into `data`. Returns SILEX_OK, SILEX_ERROR_CANCELLED after it saw
   * stop_requested(), or another code after fail(). Runs at most once, and never after a cancel that
   * came before it started. [main-thread] or [worker-thread] */
  silex_status (*run)(void* data, const silex_scope* scope);
  /* Told the outcome exactly once. May be NULL. [loop-thread] Must not block. */
  void (*done)(void* data, const silex_completion* completion);
  /* The last call, exactly once, after run() (if it started) and done() have returned: frees `data`.
   * May be NULL. [any-thread] */
  void (*release)(void* data);
} silex_work;

/* Queues `work` for the host's main thread, in order of arrival, and returns at once. `id` may be NULL.
 * [any-thread] Never blocks.
 * SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_HOST_GONE, SILEX_ERROR_FORKED,
 * SILEX_ERROR_OUT_OF_MEMORY. */
SILEX_API silex_status silex_defer(silex_runtime* runtime, const silex_work* work, silex_id* id);

/* Runs `work` on the host's main thread and waits for its end: inline where this is the main thread.
 * On the loop thread it is refused with SILEX_ERROR_WOULD_DEADLOCK. done() is not called: the outcome is the
 * returned status, its text silex_last_error(). release() is called exactly once whatever is returned, but
 * for SILEX_ERROR_INVALID_ARGUMENT; a host that is gone may be found before run() or after it. A timeout
 * withdraws what has not begun; what runs is asked to stop, and waited for unless SILEX_WORK_ABANDON is set.
 * On the main thread there is none. [any-thread but loop-thread] Blocks until then. As silex_defer(), and
 * SILEX_ERROR_WOULD_DEADLOCK, SILEX_ERROR_EXCEPTION, SILEX_ERROR_CANCELLED, SILEX_ERROR_TIMED_OUT,
 * SILEX_ERROR_NO_PUMP. */
SILEX_API silex_status silex_call_and_wait(silex_runtime* runtime, const silex_work* work);

/* Queues `work` for a worker thread and returns at once. `id` may be NULL. [any-thread] Never blocks.
 * As silex_defer(), and SILEX_ERROR_QUEUE_FULL. */
SILEX_API silex_status silex_submit(silex_runtime* runtime, const silex_work* work, silex_id* id);

/* Cancels a call, a job or a timer. What had not started never runs; what runs is asked to stop. The outcome
 * arrives as always, through done(). [any-thread] Never blocks.
 * SILEX_ERROR_NOT_FOUND where it has ended already. */
SILEX_API silex_status silex_cancel(silex_runtime* runtime, silex_id id);

SILEX_END_C

#endif
