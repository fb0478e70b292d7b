// silex/api.h
#include <silex/api.h>

const silex_api* silex_get_api(void) {
  static constexpr silex_api api{sizeof(silex_api),
                                 &silex_last_error,
                                 &silex_status_name,
                                 &silex_defer,
                                 &silex_call_and_wait,
                                 &silex_submit,
                                 &silex_cancel,
                                 &silex_drain,
                                 &silex_pump_until,
                                 &silex_pump_notify,
                                 &silex_post,
                                 &silex_timer_start,
                                 &silex_task_open,
                                 &silex_task_close,
                                 &silex_task_cancel,
                                 &silex_log,
                                 &silex_metrics_read,
                                 &silex_runtime_is_running,
                                 &silex_current_thread,
                                 &silex_connection_open,
                                 &silex_connection_close,
                                 &silex_connection_join,
                                 &silex_connection_leave,
                                 &silex_connection_listen,
                                 &silex_connection_reply,
                                 &silex_connection_emit,
                                 &silex_connection_reconnect,
                                 &silex_connection_read};
  return &api;
}
