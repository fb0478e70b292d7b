/* What every other header of the C ABI stands on: version, linkage, ids, outcomes of work.
 *
 * Conventions, kept by every header:
 * - Strings are UTF-8 and end in NUL. Durations are nanoseconds in uint64_t.
 * - A struct starts with its size, set by whoever fills it in; structs only ever grow at the end.
 * - A tag in brackets names the thread that a function is called on:
 *   [main-thread]   the host's main thread: the one that called silex_runtime_start(); before that, the one
 *                   that will
 *   [loop-thread]   the runtime's event loop
 *   [worker-thread] a thread of the runtime's pool
 *   [watch-thread]  the runtime's watchdog
 *   [any-thread]    all of these and every other thread of the process
 * - "Never blocks" means: takes no lock that is held while code of somebody else runs.
 */
#ifndef SILEX_ABI_H
#define SILEX_ABI_H

#include <stdbool.h>
#include <stdint.h>

/* Majors must match; a plugin of an older minor always loads, one of a newer minor loads and must look at
 * the `size` of what it is given before it uses a member that its older host may not have. */
#define SILEX_ABI_MAJOR 1u
/* What was added within the major; see SILEX_ABI_MAJOR. */
#define SILEX_ABI_MINOR 3u

#if defined(_WIN32)
#define SILEX_EXPORT __declspec(dllexport)
#define SILEX_IMPORT __declspec(dllimport)
#else
/* On what a library shows: a plugin's entry. */
#define SILEX_EXPORT __attribute__((visibility("default")))
/* On what a library is to show to those who use it. */
#define SILEX_IMPORT __attribute__((visibility("default")))
#endif

/* On the functions that libsilex exports. */
#if defined(SILEX_BUILDING)
#define SILEX_API SILEX_EXPORT
#else
#define SILEX_API SILEX_IMPORT
#endif

#ifdef __cplusplus
/* Begins declarations in C. */
#define SILEX_BEGIN_C extern "C" {
/* Ends them. */
#define SILEX_END_C }
#else
#define SILEX_BEGIN_C
#define SILEX_END_C
#endif

SILEX_BEGIN_C

/* A runtime: one event loop, one pool of workers, at most one adapter. Opaque. */
typedef struct silex_runtime silex_runtime;

/* Names a queued call, a job or a timer. Never reused in a process, so a stale id is harmless; 0 is none. */
typedef uint64_t silex_id;

/* Names a task, the unit that warnings and logs speak of. 0 is none. */
typedef uint64_t silex_task_id;

/* A duration that means "none" where 0 means "the default". */
#define SILEX_NONE UINT64_MAX

/* The threads above, as silex_current_thread() tells them. */
typedef enum silex_thread {
  SILEX_THREAD_OTHER = 0,  /* none of the runtime's */
  SILEX_THREAD_MAIN = 1,   /* [main-thread] */
  SILEX_THREAD_LOOP = 2,   /* [loop-thread] */
  SILEX_THREAD_WORKER = 3, /* [worker-thread] */
  SILEX_THREAD_WATCH = 4   /* [watch-thread] */
} silex_thread;

/* How a piece of work ended. Exactly one per accepted call or job. */
typedef enum silex_outcome {
  SILEX_OUTCOME_VALUE = 0,     /* run() returned SILEX_OK */
  SILEX_OUTCOME_EXCEPTION = 1, /* run() failed; the error has its text */
  SILEX_OUTCOME_CANCELLED = 2, /* cancelled before it started, or run() gave up because it was asked to */
  SILEX_OUTCOME_TIMED_OUT = 3, /* its timeout passed */
  SILEX_OUTCOME_HOST_GONE = 4  /* the host quit, the runtime stopped, or nobody pumps a batch host */
} silex_outcome;

SILEX_END_C

#endif
