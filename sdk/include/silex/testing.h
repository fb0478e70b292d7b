/* What tests need of a runtime and nobody else: a clock that stands still, and whether all is quiet. An
 * extension of the host, so that a program which does not ask for it has nothing of it; silex/testing.hpp
 * does. */
#ifndef SILEX_TESTING_H
#define SILEX_TESTING_H

#include "error.h"

SILEX_BEGIN_C

/* The id for silex_host.get_extension(). */
#define SILEX_TESTING_EXTENSION "silex.testing/1"

/* What the extension is. */
typedef struct silex_testing {
  uint32_t size;
  /* From the next start on, the runtime's time stands still but for advance_clock(), for good: timers,
   * timeouts, the budget of a drain, which does not linger. What is outside of the runtime keeps its own
   * time, the network too, and so does silex_runtime_stop(). silex_pump_until() times out when the clock has
   * been moved on by so much. [main-thread] SILEX_ERROR_BUSY while it runs. */
  silex_status (*stop_clock)(silex_runtime* runtime);
  /* Moves the stopped clock on, by a year at most. What is due by then happens on the loop, after the return.
   * [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT. */
  silex_status (*advance_clock)(silex_runtime* runtime, uint64_t by_ns);
  /* Whether neither the loop nor a worker has anything to do: then nothing happens until somebody else calls
   * the runtime, or the clock moves on. True where it does not run. [any-thread but loop-thread,
   * worker-thread] Never blocks. */
  bool (*is_quiet)(silex_runtime* runtime);
} silex_testing;

SILEX_END_C

#endif
