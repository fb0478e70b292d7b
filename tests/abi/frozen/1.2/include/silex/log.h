/* Where the runtime's log goes. */
#ifndef SILEX_LOG_H
#define SILEX_LOG_H

#include "error.h"

SILEX_BEGIN_C

typedef enum silex_log_level {
  SILEX_LOG_DEBUG = 0,
  SILEX_LOG_INFO = 1,
  SILEX_LOG_WARNING = 2,
  SILEX_LOG_ERROR = 3,
  SILEX_LOG_CRITICAL = 4
} silex_log_level;

/* Takes one line without a line end. Calls do not overlap. `message` is valid during the call. Must not call
 * a function of this ABI that takes a runtime. [any-thread] Must not block for long. */
typedef void (*silex_log_sink)(void* data, silex_log_level level, const char* message);

/* Writes a line to the runtime's log, that is to its sink, or to standard error if it has none.
 * [any-thread] */
SILEX_API silex_status silex_log(silex_runtime* runtime, silex_log_level level, const char* message);

SILEX_END_C

#endif
