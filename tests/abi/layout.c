/* Sizes and offsets of every public struct on 64-bit systems: a change here is a change of the ABI. Members
 * are only ever added at the end, and never in the way of what stands here. */
#include <silex/silex.h>
#include <silex/testing.h>
#include <silex/validate.h>

#include <stddef.h>

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " has changed its size")
#define AT(type, member, offset) \
  _Static_assert(offsetof(type, member) == (offset), #type "." #member " has moved")

#define VALUE(name, number) _Static_assert((name) == (number), #name " has changed its value")
#define TEXT(name, text) _Static_assert(sizeof(name) == sizeof(text), #name " has changed its text")

_Static_assert(sizeof(void*) == 8, "this is about 64-bit systems");
SIZE(silex_id, 8);
SIZE(silex_task_id, 8);
SIZE(silex_status, 4);
SIZE(silex_thread, 4);
SIZE(silex_outcome, 4);
SIZE(silex_log_level, 4);
SIZE(silex_event_kind, 4);
SIZE(silex_host_mode, 4);
SIZE(bool, 1);

SIZE(silex_error, 24);
AT(silex_error, size, 0);
AT(silex_error, code, 4);
AT(silex_error, message, 8);
AT(silex_error, detail, 16);

SIZE(silex_event, 40);
AT(silex_event, size, 0);
AT(silex_event, kind, 4);
AT(silex_event, task, 8);
AT(silex_event, name, 16);
AT(silex_event, duration_ns, 24);
AT(silex_event, message, 32);

SIZE(silex_histogram, 344);
AT(silex_histogram, count, 0);
AT(silex_histogram, sum_ns, 8);
AT(silex_histogram, max_ns, 16);
AT(silex_histogram, buckets, 24);

SIZE(silex_metrics, 1544);
AT(silex_metrics, size, 0);
AT(silex_metrics, worker_threads, 4);
AT(silex_metrics, calls_queued, 8);
AT(silex_metrics, calls_deferred, 16);
AT(silex_metrics, call_outcomes, 24);
AT(silex_metrics, jobs_queued, 64);
AT(silex_metrics, jobs_submitted, 72);
AT(silex_metrics, job_outcomes, 80);
AT(silex_metrics, wakes, 120);
AT(silex_metrics, wakes_failed, 128);
AT(silex_metrics, drains, 136);
AT(silex_metrics, drains_over_budget, 144);
AT(silex_metrics, tasks_open, 152);
AT(silex_metrics, events, 160);
AT(silex_metrics, call_wait, 168);
AT(silex_metrics, call_run, 512);
AT(silex_metrics, job_wait, 856);
AT(silex_metrics, job_run, 1200);

SIZE(silex_drain_report, 12);
AT(silex_drain_report, size, 0);
AT(silex_drain_report, calls_run, 4);
AT(silex_drain_report, calls_left, 8);

SIZE(silex_timer, 48);
AT(silex_timer, size, 0);
AT(silex_timer, task, 8);
AT(silex_timer, delay_ns, 16);
AT(silex_timer, period_ns, 24);
AT(silex_timer, data, 32);
AT(silex_timer, fired, 40);

SIZE(silex_task, 32);
AT(silex_task, size, 0);
AT(silex_task, name, 8);
AT(silex_task, data, 16);
AT(silex_task, cancel, 24);

SIZE(silex_scope, 24);
AT(silex_scope, size, 0);
AT(silex_scope, stop_requested, 8);
AT(silex_scope, fail, 16);

SIZE(silex_completion, 16);
AT(silex_completion, size, 0);
AT(silex_completion, outcome, 4);
AT(silex_completion, error, 8);

SIZE(silex_work, 64);
AT(silex_work, size, 0);
AT(silex_work, flags, 4);
AT(silex_work, task, 8);
AT(silex_work, name, 16);
AT(silex_work, timeout_ns, 24);
AT(silex_work, data, 32);
AT(silex_work, run, 40);
AT(silex_work, done, 48);
AT(silex_work, release, 56);

SIZE(silex_options, 120);
AT(silex_options, size, 0);
AT(silex_options, workers, 4);
AT(silex_options, worker_queue, 8);
AT(silex_options, reserved, 12);
AT(silex_options, drain_budget_ns, 16);
AT(silex_options, linger_ns, 24);
AT(silex_options, loop_stall_ns, 32);
AT(silex_options, slow_call_ns, 40);
AT(silex_options, host_busy_ns, 48);
AT(silex_options, no_pump_ns, 56);
AT(silex_options, stop_timeout_ns, 64);
AT(silex_options, adapter_path, 72);
AT(silex_options, log_sink, 80);
AT(silex_options, log_data, 88);
AT(silex_options, event_sink, 96);
AT(silex_options, event_data, 104);
AT(silex_options, config_file, 112);

SIZE(silex_api, 392);
AT(silex_api, size, 0);
AT(silex_api, last_error, 8);
AT(silex_api, status_name, 16);
AT(silex_api, defer, 24);
AT(silex_api, call_and_wait, 32);
AT(silex_api, submit, 40);
AT(silex_api, cancel, 48);
AT(silex_api, drain, 56);
AT(silex_api, pump_until, 64);
AT(silex_api, pump_notify, 72);
AT(silex_api, post, 80);
AT(silex_api, timer_start, 88);
AT(silex_api, task_open, 96);
AT(silex_api, task_close, 104);
AT(silex_api, task_cancel, 112);
AT(silex_api, log, 120);
AT(silex_api, metrics_read, 128);
AT(silex_api, is_running, 136);
AT(silex_api, current_thread, 144);
AT(silex_api, connection_open, 152);
AT(silex_api, connection_close, 160);
AT(silex_api, connection_join, 168);
AT(silex_api, connection_leave, 176);
AT(silex_api, connection_listen, 184);
AT(silex_api, connection_reply, 192);
AT(silex_api, connection_emit, 200);
AT(silex_api, connection_reconnect, 208);
AT(silex_api, connection_read, 216);
AT(silex_api, session_begin, 224);
AT(silex_api, session_context, 232);
AT(silex_api, session_set_context, 240);
AT(silex_api, session_query, 248);
AT(silex_api, session_update, 256);
AT(silex_api, session_clear, 264);
AT(silex_api, action_open, 272);
AT(silex_api, action_close, 280);
AT(silex_api, action_set, 288);
AT(silex_api, action_execute, 296);
AT(silex_api, action_undo, 304);
AT(silex_api, action_pause, 312);
AT(silex_api, action_resume, 320);
AT(silex_api, action_cancel, 328);
AT(silex_api, action_skip, 336);
AT(silex_api, action_answer, 344);
AT(silex_api, action_read, 352);
AT(silex_api, commands_read, 360);
AT(silex_api, commands_add, 368);
AT(silex_api, commands_remove, 376);
AT(silex_api, commands_on_missing, 384);

SIZE(silex_pump, 56);
AT(silex_pump, size, 0);
AT(silex_pump, impl, 8);
AT(silex_pump, retain, 16);
AT(silex_pump, release, 24);
AT(silex_pump, drain, 32);
AT(silex_pump, quit, 40);
AT(silex_pump, log, 48);

SIZE(silex_adapter, 48);
AT(silex_adapter, size, 0);
AT(silex_adapter, self, 8);
AT(silex_adapter, attach, 16);
AT(silex_adapter, detach, 24);
AT(silex_adapter, wake, 32);
AT(silex_adapter, destroy, 40);

SIZE(silex_adapter_factory, 40);
AT(silex_adapter_factory, size, 0);
AT(silex_adapter_factory, name, 8);
AT(silex_adapter_factory, title, 16);
AT(silex_adapter_factory, detect, 24);
AT(silex_adapter_factory, create, 32);

SIZE(silex_host, 56);
AT(silex_host, size, 0);
AT(silex_host, abi_major, 4);
AT(silex_host, abi_minor, 8);
AT(silex_host, version, 16);
AT(silex_host, impl, 24);
AT(silex_host, set_error, 32);
AT(silex_host, log, 40);
AT(silex_host, get_extension, 48);

SIZE(silex_plugin_entry, 56);
AT(silex_plugin_entry, size, 0);
AT(silex_plugin_entry, abi_major, 4);
AT(silex_plugin_entry, abi_minor, 8);
AT(silex_plugin_entry, name, 16);
AT(silex_plugin_entry, version, 24);
AT(silex_plugin_entry, init, 32);
AT(silex_plugin_entry, deinit, 40);
AT(silex_plugin_entry, get_factory, 48);

/* Numbers and names that plugins were compiled with. */
VALUE(SILEX_ABI_MAJOR, 1);
VALUE(SILEX_NONE, UINT64_MAX);
VALUE(SILEX_WORK_ABANDON, 1);
VALUE(SILEX_HISTOGRAM_BUCKETS, 40);
VALUE(SILEX_THREAD_OTHER, 0);
VALUE(SILEX_THREAD_MAIN, 1);
VALUE(SILEX_THREAD_LOOP, 2);
VALUE(SILEX_THREAD_WORKER, 3);
VALUE(SILEX_THREAD_WATCH, 4);
VALUE(SILEX_OUTCOME_VALUE, 0);
VALUE(SILEX_OUTCOME_EXCEPTION, 1);
VALUE(SILEX_OUTCOME_CANCELLED, 2);
VALUE(SILEX_OUTCOME_TIMED_OUT, 3);
VALUE(SILEX_OUTCOME_HOST_GONE, 4);
VALUE(SILEX_LOG_DEBUG, 0);
VALUE(SILEX_LOG_INFO, 1);
VALUE(SILEX_LOG_WARNING, 2);
VALUE(SILEX_LOG_ERROR, 3);
VALUE(SILEX_LOG_CRITICAL, 4);
VALUE(SILEX_EVENT_LOOP_STALLED, 1);
VALUE(SILEX_EVENT_LOOP_RESUMED, 2);
VALUE(SILEX_EVENT_SLOW_CALL, 3);
VALUE(SILEX_EVENT_HOST_BUSY, 4);
VALUE(SILEX_EVENT_HOST_RESPONSIVE, 5);
VALUE(SILEX_EVENT_HOST_GONE, 6);
VALUE(SILEX_HOST_INTERACTIVE, 0);
VALUE(SILEX_HOST_BATCH, 1);
VALUE(SILEX_OK, 0);
VALUE(SILEX_ERROR_INVALID_ARGUMENT, 1);
VALUE(SILEX_ERROR_WRONG_THREAD, 2);
VALUE(SILEX_ERROR_WOULD_DEADLOCK, 3);
VALUE(SILEX_ERROR_NOT_RUNNING, 4);
VALUE(SILEX_ERROR_HOST_GONE, 5);
VALUE(SILEX_ERROR_CANCELLED, 6);
VALUE(SILEX_ERROR_TIMED_OUT, 7);
VALUE(SILEX_ERROR_EXCEPTION, 8);
VALUE(SILEX_ERROR_QUEUE_FULL, 9);
VALUE(SILEX_ERROR_NOT_FOUND, 10);
VALUE(SILEX_ERROR_NO_PUMP, 11);
VALUE(SILEX_ERROR_NO_HOST, 12);
VALUE(SILEX_ERROR_BUSY, 13);
VALUE(SILEX_ERROR_FORKED, 14);
VALUE(SILEX_ERROR_OUT_OF_MEMORY, 15);
VALUE(SILEX_ERROR_ADAPTER_FAILED, 16);
VALUE(SILEX_ERROR_DISCONNECTED, 17);
VALUE(SILEX_ERROR_NOT_SENT, 18);
VALUE(SILEX_ERROR_FILE_NOT_FOUND, 32);
VALUE(SILEX_ERROR_NOT_A_FILE, 33);
VALUE(SILEX_ERROR_NOT_A_LIBRARY, 34);
VALUE(SILEX_ERROR_LIBRARY_LOAD, 35);
VALUE(SILEX_ERROR_NO_ENTRY, 36);
VALUE(SILEX_ERROR_BAD_ENTRY, 37);
VALUE(SILEX_ERROR_ABI_MISMATCH, 38);
VALUE(SILEX_ERROR_NO_FACTORY, 39);
VALUE(SILEX_ERROR_INIT_FAILED, 40);
VALUE(SILEX_ERROR_PLUGIN_EXCEPTION, 41);
VALUE(SILEX_ERROR_DUPLICATE_NAME, 42);
VALUE(SILEX_ERROR_PLUGIN_BUSY, 43);
TEXT(SILEX_ADAPTER_FACTORY, "silex.adapter/1");
TEXT(SILEX_API_EXTENSION, "silex.api/1");
TEXT(SILEX_PLUGIN_SYMBOL, "silex_plugin");

SIZE(silex_bytes, 16);
AT(silex_bytes, data, 0);
AT(silex_bytes, size, 8);

SIZE(silex_arguments, 24);
AT(silex_arguments, size, 0);
AT(silex_arguments, attachment_count, 4);
AT(silex_arguments, json, 8);
AT(silex_arguments, attachments, 16);

SIZE(silex_connection_state, 40);
AT(silex_connection_state, size, 0);
AT(silex_connection_state, kind, 4);
AT(silex_connection_state, nsp, 8);
AT(silex_connection_state, message, 16);
AT(silex_connection_state, retry_in_ns, 24);
AT(silex_connection_state, recovered, 32);

SIZE(silex_connection_options, 112);
AT(silex_connection_options, size, 0);
AT(silex_connection_options, flags, 4);
AT(silex_connection_options, url, 8);
AT(silex_connection_options, path, 16);
AT(silex_connection_options, auth, 24);
AT(silex_connection_options, ca_file, 32);
AT(silex_connection_options, proxy, 40);
AT(silex_connection_options, connect_timeout_ns, 48);
AT(silex_connection_options, backoff_first_ns, 56);
AT(silex_connection_options, backoff_longest_ns, 64);
AT(silex_connection_options, outbox_events, 72);
AT(silex_connection_options, outbox_bytes, 80);
AT(silex_connection_options, flush_ns, 88);
AT(silex_connection_options, data, 96);
AT(silex_connection_options, on_state, 104);

SIZE(silex_incoming, 56);
AT(silex_incoming, size, 0);
AT(silex_incoming, nsp, 8);
AT(silex_incoming, name, 16);
AT(silex_incoming, arguments, 24);
AT(silex_incoming, reply, 48);

SIZE(silex_listener, 48);
AT(silex_listener, size, 0);
AT(silex_listener, nsp, 8);
AT(silex_listener, name, 16);
AT(silex_listener, data, 24);
AT(silex_listener, event, 32);
AT(silex_listener, release, 40);

SIZE(silex_acknowledgement, 40);
AT(silex_acknowledgement, size, 0);
AT(silex_acknowledgement, status, 4);
AT(silex_acknowledgement, message, 8);
AT(silex_acknowledgement, arguments, 16);

SIZE(silex_emission, 88);
AT(silex_emission, size, 0);
AT(silex_emission, flags, 4);
AT(silex_emission, nsp, 8);
AT(silex_emission, name, 16);
AT(silex_emission, arguments, 24);
AT(silex_emission, key, 48);
AT(silex_emission, timeout_ns, 56);
AT(silex_emission, task, 64);
AT(silex_emission, data, 72);
AT(silex_emission, acknowledged, 80);

SIZE(silex_connection_statistics, 88);
AT(silex_connection_statistics, size, 0);
AT(silex_connection_statistics, attempts, 8);
AT(silex_connection_statistics, connections, 16);
AT(silex_connection_statistics, emitted, 24);
AT(silex_connection_statistics, sent, 32);
AT(silex_connection_statistics, resent, 40);
AT(silex_connection_statistics, received, 48);
AT(silex_connection_statistics, dropped, 56);
AT(silex_connection_statistics, replaced, 64);
AT(silex_connection_statistics, waiting, 72);
AT(silex_connection_statistics, waiting_bytes, 80);

SIZE(silex_session_state, 16);
AT(silex_session_state, size, 0);
AT(silex_session_state, kind, 4);
AT(silex_session_state, message, 8);

SIZE(silex_session_options, 88);
AT(silex_session_options, size, 0);
AT(silex_session_options, reserved, 4);
AT(silex_session_options, context, 8);
AT(silex_session_options, auth, 16);
AT(silex_session_options, data, 24);
AT(silex_session_options, on_query, 32);
AT(silex_session_options, on_update, 40);
AT(silex_session_options, on_clear, 48);
AT(silex_session_options, on_undo, 56);
AT(silex_session_options, on_state, 64);
AT(silex_session_options, release, 72);
AT(silex_session_options, on_launch, 80);

VALUE(SILEX_CONNECTION_CONNECTED, 1);
VALUE(SILEX_CONNECTION_DISCONNECTED, 2);
VALUE(SILEX_CONNECTION_JOINED, 3);
VALUE(SILEX_CONNECTION_LEFT, 4);
VALUE(SILEX_CONNECTION_REFUSED, 5);
VALUE(SILEX_CONNECTION_CLOSED, 6);
VALUE(SILEX_CONNECTION_UNVERIFIED, 1);
VALUE(SILEX_CONNECTION_UNCOMPRESSED, 2);
VALUE(SILEX_CONNECTION_DIRECT, 4);
VALUE(SILEX_EMIT_AT_LEAST_ONCE, 1);
VALUE(SILEX_EMIT_LATEST, 2);
VALUE(SILEX_EMIT_DROP, 4);
VALUE(SILEX_SESSION_DISCONNECTED, 1);
VALUE(SILEX_SESSION_INTRODUCING, 2);
VALUE(SILEX_SESSION_READY, 3);
VALUE(SILEX_SESSION_REFUSED, 4);

VALUE(SILEX_ACTION_BATCH, 1);
VALUE(SILEX_ACTION_STEP_BY_STEP, 2);
VALUE(SILEX_ACTION_SIMPLIFY, 4);
VALUE(SILEX_ACTION_COMPLETED, 1);
VALUE(SILEX_ACTION_FAILED, 2);
VALUE(SILEX_ACTION_CANCELLED, 3);
VALUE(SILEX_ACTION_UNDONE, 4);
SIZE(silex_action_outcome, 48);
AT(silex_action_outcome, size, 0);
AT(silex_action_outcome, end, 4);
AT(silex_action_outcome, run, 8);
AT(silex_action_outcome, command, 16);
AT(silex_action_outcome, message, 24);
AT(silex_action_outcome, detail, 32);
AT(silex_action_outcome, outputs, 40);

SIZE(silex_action_options, 80);
AT(silex_action_options, size, 0);
AT(silex_action_options, flags, 4);
AT(silex_action_options, name, 8);
AT(silex_action_options, category, 16);
AT(silex_action_options, roots, 24);
AT(silex_action_options, session, 32);
AT(silex_action_options, context, 40);
AT(silex_action_options, data, 48);
AT(silex_action_options, on_change, 56);
AT(silex_action_options, on_end, 64);
AT(silex_action_options, release, 72);

SIZE(silex_result, 32);
AT(silex_result, size, 0);
AT(silex_result, status, 4);
AT(silex_result, value, 8);
AT(silex_result, message, 16);
AT(silex_result, detail, 24);

SIZE(silex_execution, 144);
AT(silex_execution, size, 0);
AT(silex_execution, impl, 8);
AT(silex_execution, api, 16);
AT(silex_execution, runtime, 24);
AT(silex_execution, task, 32);
AT(silex_execution, parameters, 40);
AT(silex_execution, context, 48);
AT(silex_execution, end, 56);
AT(silex_execution, log, 64);
AT(silex_execution, progress, 72);
AT(silex_execution, edit, 80);
AT(silex_execution, stored, 88);
AT(silex_execution, store, 96);
AT(silex_execution, prompt, 104);
AT(silex_execution, run_action, 112);
AT(silex_execution, insert_action, 120);
AT(silex_execution, withdraw, 128);
AT(silex_execution, exit_step, 136);

SIZE(silex_command, 64);
AT(silex_command, size, 0);
AT(silex_command, declaration, 8);
AT(silex_command, create, 16);
AT(silex_command, destroy, 24);
AT(silex_command, execute, 32);
AT(silex_command, undo, 40);
AT(silex_command, setup, 48);
AT(silex_command, cancel, 56);

SIZE(silex_command_pack, 16);
AT(silex_command_pack, size, 0);
AT(silex_command_pack, count, 4);
AT(silex_command_pack, commands, 8);

TEXT(SILEX_COMMANDS_FACTORY, "silex.commands/1");

SIZE(silex_validate_host, 24);
AT(silex_validate_host, size, 0);
AT(silex_validate_host, run_once, 8);
AT(silex_validate_host, refuse, 16);
TEXT(SILEX_VALIDATE_LIBRARY, "SILEX_VALIDATE_LIBRARY");
TEXT(SILEX_VALIDATE_SYMBOL, "silex_validate_turn");

SIZE(silex_testing, 32);
AT(silex_testing, size, 0);
AT(silex_testing, stop_clock, 8);
AT(silex_testing, advance_clock, 16);
AT(silex_testing, is_quiet, 24);
TEXT(SILEX_TESTING_EXTENSION, "silex.testing/1");
