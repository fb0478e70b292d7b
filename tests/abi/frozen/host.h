/* The host that the frozen plugins and programs are for. It knows nothing of Silex. One per process; its main
 * thread is the one that calls frozen_host_run(). */
#ifndef FROZEN_HOST_H
#define FROZEN_HOST_H

#include <stdbool.h>

/* What it offers to plugins, found by dlsym(RTLD_DEFAULT, "frozen_host"). */
typedef struct frozen_host_functions {
  /* Runs function(data) once on the main thread. False once the host quits. [any-thread] */
  bool (*post)(void (*function)(void* data), void* data);
  /* Has function(data) called while the host quits, on the main thread; NULL clears it. */
  void (*on_quit)(void (*function)(void* data), void* data);
} frozen_host_functions;

__attribute__((visibility("default"))) extern const frozen_host_functions frozen_host;

/* Runs what is posted until `until` returns true. It is asked after each. False after 30 seconds without. */
bool frozen_host_run(bool (*until)(void* data), void* data);
/* Refuses what is posted from now on, calls the on_quit function, and runs what was posted before. */
void frozen_host_quit(void);

#endif
