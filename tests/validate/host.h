/* A host to check adapters in: one thread owns a main loop that runs what is posted to it, and it refuses
 * what it is told to refuse. One per process. */
#ifndef VALIDATE_HOST_H
#define VALIDATE_HOST_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the host offers to plugins, found by dlsym(RTLD_DEFAULT, "validate_host"). */
typedef struct validate_host_functions {
  bool (*is_batch)(void);
  /* Runs function(data) once on the main thread. [any-thread] */
  bool (*post)(void (*function)(void* data), void* data);
  /* Has function(data) called while the host quits; NULL: nothing any more for that data. False where the
   * host refuses. [main-thread] */
  bool (*on_quit)(void (*function)(void* data), void* data);
} validate_host_functions;

__attribute__((visibility("default"))) extern const validate_host_functions validate_host;

#ifdef __cplusplus
}
#endif

#endif
