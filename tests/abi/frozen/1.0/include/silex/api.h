/* The functions that work on a running runtime, as a table: for plugins, which link nothing, and for the C++
 * layer, which serves both. Each member is the function of the same name; see there. */
#ifndef SILEX_API_TABLE_H
#define SILEX_API_TABLE_H

#include "runtime.h"

SILEX_BEGIN_C

/* The id for silex_host.get_extension(). */
#define SILEX_API_EXTENSION "silex.api/1"

typedef struct silex_api {
  uint32_t size;
  const silex_error* (*last_error)(void);
  const char* (*status_name)(silex_status status);
  silex_status (*defer)(silex_runtime* runtime, const silex_work* work, silex_id* id);
  silex_status (*call_and_wait)(silex_runtime* runtime, const silex_work* work);
  silex_status (*submit)(silex_runtime* runtime, const silex_work* work, silex_id* id);
  silex_status (*cancel)(silex_runtime* runtime, silex_id id);
  silex_status (*drain)(silex_runtime* runtime, silex_drain_report* report);
  silex_status (*pump_until)(silex_runtime* runtime, bool (*until)(void* data), void* data,
                             uint64_t timeout_ns);
  silex_status (*pump_notify)(silex_runtime* runtime);
  silex_status (*post)(silex_runtime* runtime, silex_task_id task, void (*function)(void* data), void* data);
  silex_status (*timer_start)(silex_runtime* runtime, const silex_timer* timer, silex_id* id);
  silex_status (*task_open)(silex_runtime* runtime, const silex_task* task, silex_task_id* id);
  silex_status (*task_close)(silex_runtime* runtime, silex_task_id id);
  silex_status (*task_cancel)(silex_runtime* runtime, silex_task_id id);
  silex_status (*log)(silex_runtime* runtime, silex_log_level level, const char* message);
  silex_status (*metrics_read)(silex_runtime* runtime, silex_metrics* metrics);
  bool (*is_running)(const silex_runtime* runtime);
  silex_thread (*current_thread)(const silex_runtime* runtime);
} silex_api;

/* The table. [any-thread] Never blocks. Static storage. */
SILEX_API const silex_api* silex_get_api(void);

SILEX_END_C

#endif
