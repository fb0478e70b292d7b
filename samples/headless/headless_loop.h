/* What a service without a host offers to the adapter: its own main loop. The service defines `headless_loop`
 * and exports it (CMake: ENABLE_EXPORTS); the adapter finds it there. One per process. */
#ifndef HEADLESS_LOOP_H
#define HEADLESS_LOOP_H

#include <silex/abi.h>

SILEX_BEGIN_C

typedef struct headless_loop_functions {
  uint32_t size;
  /* Has function(data) called once on the thread of the loop, soon; those that were taken before the loop
   * ended are called too. False once it has ended: then the function is not called. [any-thread] Must not
   * block, nor take a lock that is held while the loop calls a function. */
  bool (*post)(void (*function)(void* data), void* data);
  /* Has function(data) called when the loop ends, on its thread, before post() says no. One at a time; NULL:
   * none any more. [main-thread] */
  void (*on_end)(void (*function)(void* data), void* data);
} headless_loop_functions;

extern SILEX_EXPORT const headless_loop_functions headless_loop;

SILEX_END_C

#endif
