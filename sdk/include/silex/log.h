/* Where the runtime's log goes. */
#ifndef SILEX_LOG_H
#define SILEX_LOG_H

#include "error.h"

SILEX_BEGIN_C

/* Whom a line is for. */
typedef enum silex_log_level {
  SILEX_LOG_DEBUG = 0,   /* for developers */
  SILEX_LOG_INFO = 1,    /* what happens, for whoever reads the log */
  SILEX_LOG_WARNING = 2, /* something is odd; the work goes on */
  SILEX_LOG_ERROR = 3,   /* a piece of work failed */
  SILEX_LOG_CRITICAL = 4 /* nothing works from here on */
} silex_log_level;

/* Takes one line without a line end. Calls do not overlap. `message` is valid during the call. Must not call
 * a function of this ABI that takes a runtime. [any-thread] Must not block for long. */
typedef void (*silex_log_sink)(void* data, silex_log_level level, const char* message);

/* Writes a line to the runtime's log, that is to its sink, or to standard error if it has none.
 * [any-thread] Blocks while the sink takes another thread's line, and not otherwise.
 * SILEX_ERROR_INVALID_ARGUMENT. */
SILEX_API silex_status silex_log(silex_runtime* runtime, silex_log_level level, const char* message);

SILEX_END_C

#endif
