/* The functions that work on a running runtime, as a table. */
#ifndef SILEX_API_TABLE_H
#define SILEX_API_TABLE_H

#include "action.h"
#include "runtime.h"
#include "session.h"

SILEX_BEGIN_C

/* The id for silex_host.get_extension(). */
#define SILEX_API_EXTENSION "silex.api/1"

/* For plugins, which link nothing, and for the C++ layer, which serves both. Each member is the function of
 * the same name; see there. Look at `size` before you call one that is newer than the host may be: a comment
 * says since which minor of the ABI those below it are there. */
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
  /* Since ABI 1.1. */
  silex_status (*connection_open)(silex_runtime* runtime, const silex_connection_options* options,
                                  silex_id* connection);
  silex_status (*connection_close)(silex_runtime* runtime, silex_id connection);
  silex_status (*connection_join)(silex_runtime* runtime, silex_id connection, const char* nsp,
                                  const char* auth);
  silex_status (*connection_leave)(silex_runtime* runtime, silex_id connection, const char* nsp);
  silex_status (*connection_listen)(silex_runtime* runtime, silex_id connection,
                                    const silex_listener* listener);
  silex_status (*connection_reply)(silex_runtime* runtime, silex_id connection, silex_id reply,
                                   const silex_arguments* arguments);
  silex_status (*connection_emit)(silex_runtime* runtime, silex_id connection, const silex_emission* emission,
                                  silex_id* id);
  silex_status (*connection_reconnect)(silex_runtime* runtime, silex_id connection);
  silex_status (*connection_read)(silex_runtime* runtime, silex_id connection,
                                  silex_connection_statistics* statistics);
  silex_status (*session_begin)(silex_runtime* runtime, silex_id connection,
                                const silex_session_options* options);
  silex_status (*session_context)(silex_runtime* runtime, silex_id connection, char* text, uint64_t size,
                                  uint64_t* length);
  silex_status (*session_set_context)(silex_runtime* runtime, silex_id connection, const char* context);
  silex_status (*session_query)(silex_runtime* runtime, silex_id connection, const char* action);
  silex_status (*session_update)(silex_runtime* runtime, silex_id connection, const char* diff);
  silex_status (*session_clear)(silex_runtime* runtime, silex_id connection, const char* uuid);
  /* Since ABI 1.2. */
  silex_status (*action_open)(silex_runtime* runtime, const silex_action_options* options, silex_id* action);
  silex_status (*action_close)(silex_runtime* runtime, silex_id action);
  silex_status (*action_set)(silex_runtime* runtime, silex_id action, const char* parameter,
                             const char* value);
  silex_status (*action_execute)(silex_runtime* runtime, silex_id action, uint64_t run);
  silex_status (*action_undo)(silex_runtime* runtime, silex_id action, bool all, uint64_t run);
  silex_status (*action_pause)(silex_runtime* runtime, silex_id action);
  silex_status (*action_resume)(silex_runtime* runtime, silex_id action);
  silex_status (*action_cancel)(silex_runtime* runtime, silex_id action);
  silex_status (*action_skip)(silex_runtime* runtime, silex_id action, const char* command);
  silex_status (*action_answer)(silex_runtime* runtime, silex_id action, const char* diff);
  silex_status (*action_read)(silex_runtime* runtime, silex_id action, char* text, uint64_t size,
                              uint64_t* length);
  silex_status (*commands_read)(silex_runtime* runtime, char* text, uint64_t size, uint64_t* length);
  /* Since ABI 1.3. */
  silex_status (*commands_add)(silex_runtime* runtime, const char* pack, const silex_command_pack* commands);
  silex_status (*commands_remove)(silex_runtime* runtime, const char* pack);
  silex_status (*commands_on_missing)(silex_runtime* runtime, void (*find)(void* data, const char* path),
                                      void* data);
} silex_api;

/* The table. [any-thread] Never blocks. Static storage. */
SILEX_API const silex_api* silex_get_api(void);

SILEX_END_C

#endif
