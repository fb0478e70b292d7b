/* A host to test with: one thread owns a main loop that draws frames and runs what is posted to it, and it
 * can be told to misbehave as real hosts do. One per process. */
#ifndef TOY_HOST_H
#define TOY_HOST_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the host offers to plugins, found by dlsym(RTLD_DEFAULT, "toy_host_api"). */
typedef struct toy_host_functions {
  uint32_t size;
  bool (*is_batch)(void);
  /* Runs function(data) once on the main thread, when it is idle. False once the host quits.
   * [any-thread] */
  bool (*post)(void (*function)(void* data), void* data);
  /* Has function(data) called while the host quits, on the main thread; at most one, NULL clears it. */
  void (*on_quit)(void (*function)(void* data), void* data);
} toy_host_functions;

__attribute__((visibility("default"))) extern const toy_host_functions toy_host_api;

/* The host's own side. [main-thread] unless it says otherwise. */

/* Batch mode: run() refuses, nothing that is posted runs. Forgets all that an earlier use left. */
void toy_host_reset(bool batch);
/* Draws frames and runs what is posted until toy_host_quit(). Sleeps on a condition in between. */
void toy_host_run(void);
/* Runs what is posted, from inside a posted function: a modal dialog. Until `until` returns true. */
void toy_host_run_modal(bool (*until)(void* data), void* data);
/* Ends the main loop after the function that runs now. What is posted and has not run never
 * does, and the on_quit function is called, before toy_host_run() returns. [any-thread] */
void toy_host_quit(void);
/* Holds the main thread, as a render does. */
void toy_host_be_busy(uint32_t milliseconds);
/* Frames drawn since the reset: one per 5 ms while the main loop is free. [any-thread] */
uint64_t toy_host_frames(void);

#ifdef __cplusplus
}
#endif

#endif
