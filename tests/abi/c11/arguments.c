/* What every function says to an argument that nothing would make right, and at the wrong moment. */
#include "cases.h"
#include "check.h"

#include <stddef.h>
#include <string.h>

#define INVALID(says, call) CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, says, call)

static int called;

static silex_status run(void* data, const silex_scope* scope) {
  (void)data;
  (void)scope;
  ++called;
  return SILEX_OK;
}
static int released;

static void release(void* data) {
  (void)data;
  ++released;
}
static void post(void* data) {
  (void)data;
  ++called;
}
static void fired(void* data, silex_status reason) {
  (void)data;
  (void)reason;
  ++called;
}

static const silex_work good_work = {.size = sizeof(silex_work), .run = run, .release = release};
static const silex_timer good_timer = {.size = sizeof(silex_timer), .fired = fired};
static const silex_task good_task = {.size = sizeof(silex_task), .name = "a task"};

static const silex_listener good_listener = {.size = sizeof(silex_listener), .name = "event"};
static const silex_emission good_emission = {.size = sizeof(silex_emission), .name = "event"};

/* Each function of a connection and of its session, with arguments that are otherwise good. */
static void network(silex_runtime* runtime, silex_status expected, const char* says) {
  silex_id id = 77;
  silex_connection_statistics statistics = {.size = sizeof statistics, .attempts = 77};
  uint64_t length = 77;
  CHECK_STATUS(expected, says, silex_connection_close(runtime, 1));
  CHECK_STATUS(expected, says, silex_connection_join(runtime, 1, "/room", NULL));
  CHECK_STATUS(expected, says, silex_connection_leave(runtime, 1, "/room"));
  CHECK_STATUS(expected, says, silex_connection_listen(runtime, 1, &good_listener));
  CHECK_STATUS(expected, says, silex_connection_reply(runtime, 1, 1, NULL));
  CHECK_STATUS(expected, says, silex_connection_emit(runtime, 1, &good_emission, &id));
  CHECK_STATUS(expected, says, silex_connection_reconnect(runtime, 1));
  CHECK_STATUS(expected, says, silex_connection_read(runtime, 1, &statistics));
  CHECK_STATUS(expected, says, silex_session_begin(runtime, 1, NULL));
  CHECK_STATUS(expected, says, silex_session_context(runtime, 1, NULL, 0, &length));
  CHECK_STATUS(expected, says, silex_session_set_context(runtime, 1, "{}"));
  CHECK_STATUS(expected, says, silex_session_query(runtime, 1, "{\"uuid\": \"a\"}"));
  CHECK_STATUS(expected, says, silex_session_update(runtime, 1, "{\"uuid\": \"a\"}"));
  CHECK_STATUS(expected, says, silex_session_clear(runtime, 1, "a"));
  CHECK(id == 77 && statistics.attempts == 77 && length == 77);
}

static void without_a_runtime(void) {
  silex_task_id id = 0;
  silex_metrics metrics = {.size = sizeof metrics};
  const char* const says = "the runtime is NULL";
  INVALID(says, silex_runtime_start(NULL));
  INVALID(says, silex_runtime_stop(NULL));
  INVALID(says, silex_defer(NULL, &good_work, NULL));
  INVALID(says, silex_call_and_wait(NULL, &good_work));
  INVALID(says, silex_submit(NULL, &good_work, NULL));
  INVALID(says, silex_cancel(NULL, 1));
  INVALID(says, silex_drain(NULL, NULL));
  INVALID(says, silex_pump_until(NULL, NULL, NULL, 0));
  INVALID(says, silex_pump_notify(NULL));
  INVALID(says, silex_post(NULL, 0, post, NULL));
  INVALID(says, silex_timer_start(NULL, &good_timer, NULL));
  INVALID(says, silex_task_open(NULL, &good_task, &id));
  INVALID(says, silex_task_close(NULL, 1));
  INVALID(says, silex_task_cancel(NULL, 1));
  INVALID(says, silex_log(NULL, SILEX_LOG_INFO, "a line"));
  INVALID(says, silex_metrics_read(NULL, &metrics));
  INVALID(says, silex_plugin_load(NULL, "name", NULL));
  INVALID(says, silex_plugin_unload(NULL, NULL));
  INVALID(says, silex_adapter_choose(NULL, NULL));
  INVALID(says, silex_connection_open(NULL, NULL, &id));
  network(NULL, SILEX_ERROR_INVALID_ARGUMENT, says);
  CHECK(!silex_runtime_is_running(NULL));
  CHECK(silex_current_thread(NULL) == SILEX_THREAD_OTHER);
  CHECK(strcmp(silex_adapter_name(NULL), "") == 0);
}

static void with_bad_options(void) {
  silex_runtime* runtime = (silex_runtime*)&called;
  INVALID("pass the address", silex_runtime_create(NULL, NULL));
  silex_options options = {.size = 0};
  INVALID("silex_options.size is 0", silex_runtime_create(&options, &runtime));
  CHECK(runtime == NULL);
  options.size = offsetof(silex_options, config_file) - 1;
  INVALID("silex_options.size", silex_runtime_create(&options, &runtime));
  options.size = sizeof options;
  options.workers = 1025;
  INVALID("silex_options.workers is 1025", silex_runtime_create(&options, &runtime));
  options.workers = 0;
  options.reserved = 1;
  INVALID("silex_options.reserved is 1", silex_runtime_create(&options, &runtime));
}

static void with_bad_work(silex_runtime* runtime,
                          silex_status (*take)(silex_runtime*, const silex_work*, silex_id*)) {
  silex_id id = 77;
  INVALID("silex_work is NULL", take(runtime, NULL, &id));
  silex_work work = good_work;
  work.size = 0;
  INVALID("silex_work.size is 0", take(runtime, &work, &id));
  work.size = offsetof(silex_work, release);
  INVALID("sizeof(silex_work)", take(runtime, &work, &id));
  work = good_work;
  work.run = NULL;
  INVALID("silex_work.run is NULL", take(runtime, &work, &id));
  work = good_work;
  work.flags = ~0u;
  INVALID("silex_work.flags", take(runtime, &work, &id));
  CHECK(id == 77);
}

static silex_status wait_for(silex_runtime* runtime, const silex_work* work, silex_id* id) {
  (void)id;
  return silex_call_and_wait(runtime, work);
}

static void on_the_loop(silex_runtime* runtime) {
  INVALID("function to post is NULL", silex_post(runtime, 0, NULL, NULL));
  INVALID("silex_timer is NULL", silex_timer_start(runtime, NULL, NULL));
  silex_timer timer = good_timer;
  timer.size = sizeof timer - 8;
  INVALID("silex_timer.size", silex_timer_start(runtime, &timer, NULL));
  timer = good_timer;
  timer.fired = NULL;
  INVALID("silex_timer.fired is NULL", silex_timer_start(runtime, &timer, NULL));

  silex_task_id id = 0;
  INVALID("silex_task is NULL", silex_task_open(runtime, NULL, &id));
  silex_task task = good_task;
  task.size = 4;
  INVALID("silex_task.size is 4", silex_task_open(runtime, &task, &id));
  task = good_task;
  task.name = NULL;
  INVALID("silex_task.name is NULL", silex_task_open(runtime, &task, &id));
  INVALID("task's id is NULL", silex_task_open(runtime, &good_task, NULL));
  CHECK(id == 0);
}

static void with_unknown_ids(silex_runtime* runtime) {
  const silex_id ids[] = {0, 1, 2, 3, 1ull << 23, (1ull << 23) + 1, UINT64_MAX, UINT64_MAX - 1};
  for (size_t i = 0; i < sizeof ids / sizeof ids[0]; ++i) {
    CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "ended already", silex_cancel(runtime, ids[i]));
    CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no open task", silex_task_close(runtime, ids[i]));
    CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no open task", silex_task_cancel(runtime, ids[i]));
  }
}

static void with_bad_connections(silex_runtime* runtime) {
  silex_id id = 77;
  silex_connection_options options = {.size = sizeof options, .url = "127.0.0.1:1"};
  INVALID("connection's id is NULL", silex_connection_open(runtime, NULL, NULL));
  INVALID("127.0.0.1:1", silex_connection_open(runtime, &options, &id));
  options.url = "ws://127.0.0.1:1";
  options.auth = "[]";
  INVALID("silex_connection_options.auth", silex_connection_open(runtime, &options, &id));
  options.auth = NULL;
  options.flags = ~0u;
  INVALID("silex_connection_options.flags", silex_connection_open(runtime, &options, &id));
  options.size = 4;
  INVALID("silex_connection_options.size is 4", silex_connection_open(runtime, &options, &id));
  CHECK(id == 77);

  options = (silex_connection_options){.size = sizeof options, .url = "ws://127.0.0.1:1"};
  CHECK_OK(silex_connection_open(runtime, &options, &id));
  INVALID("must start with '/'", silex_connection_join(runtime, id, "room", NULL));
  INVALID("silex_listener is NULL", silex_connection_listen(runtime, id, NULL));
  silex_listener listener = good_listener;
  listener.name = NULL;
  INVALID("silex_listener.name is NULL", silex_connection_listen(runtime, id, &listener));
  INVALID("silex_emission is NULL", silex_connection_emit(runtime, id, NULL, NULL));
  silex_emission emission = good_emission;
  emission.arguments = (silex_arguments){.size = sizeof emission.arguments, .json = "{}"};
  INVALID("silex_emission.arguments", silex_connection_emit(runtime, id, &emission, NULL));
  emission = good_emission;
  emission.flags = SILEX_EMIT_LATEST;
  INVALID("silex_emission.key is NULL", silex_connection_emit(runtime, id, &emission, NULL));
  emission.flags = ~0u;
  INVALID("silex_emission.flags", silex_connection_emit(runtime, id, &emission, NULL));
  INVALID("silex_connection_statistics is NULL", silex_connection_read(runtime, id, NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no session", silex_session_clear(runtime, id, "a"));
  CHECK_OK(silex_connection_close(runtime, id));
}

void invalid_arguments(void) {
  without_a_runtime();
  with_bad_options();
  silex_runtime* const runtime = started(NULL);
  with_bad_work(runtime, silex_defer);
  with_bad_work(runtime, silex_submit);
  with_bad_work(runtime, wait_for);
  on_the_loop(runtime);
  with_unknown_ids(runtime);
  with_bad_connections(runtime);
  network(runtime, SILEX_ERROR_NOT_FOUND, "no such connection");

  silex_drain_report report = {.size = 0, .calls_run = 5};
  INVALID("silex_drain_report.size is 0", silex_drain(runtime, &report));
  CHECK(report.calls_run == 5);
  INVALID("silex_metrics is NULL", silex_metrics_read(runtime, NULL));
  silex_metrics metrics = {.size = 3};
  INVALID("silex_metrics.size is 3", silex_metrics_read(runtime, &metrics));
  INVALID("message is NULL", silex_log(runtime, SILEX_LOG_INFO, NULL));
  INVALID("no log level 5", silex_log(runtime, (silex_log_level)5, "a line"));
  INVALID("plugin's name is empty", silex_plugin_load(runtime, NULL, NULL));
  INVALID("plugin's name is empty", silex_plugin_load(runtime, "", NULL));
  INVALID("the plugin is NULL", silex_plugin_unload(runtime, NULL));
  INVALID("adapter's name is empty", silex_adapter_choose(runtime, ""));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "not loaded",
               silex_plugin_unload(runtime, (silex_plugin_handle*)&called));

  CHECK_STATUS(SILEX_ERROR_TIMED_OUT, "", silex_pump_until(runtime, NULL, NULL, 0));
  destroy(runtime);
  CHECK(called == 0 && released == 0); /* what was refused is the caller's */
}

static void* on_a_wrong_thread(void* runtime) {
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_drain(runtime, NULL));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_pump_until(runtime, NULL, NULL, 0));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_runtime_stop(runtime));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_runtime_destroy(runtime));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_plugin_load(runtime, "./x.so", NULL));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread",
               silex_plugin_unload(runtime, (silex_plugin_handle*)&called));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_adapter_choose(runtime, NULL));
  return NULL;
}

static void while_it_does_not_run(silex_runtime* runtime) {
  const char* const says = "silex_runtime_start()";
  const int released_before = released;
  silex_task_id id = 0;
  silex_metrics metrics = {.size = sizeof metrics};
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_defer(runtime, &good_work, NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_call_and_wait(runtime, &good_work));
  CHECK(released == released_before + 1); /* by the last call alone, whose caller waits for the end */
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_submit(runtime, &good_work, NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_cancel(runtime, 2));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_drain(runtime, NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_pump_until(runtime, NULL, NULL, 0));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_pump_notify(runtime));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_post(runtime, 0, post, NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_timer_start(runtime, &good_timer, NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_task_open(runtime, &good_task, &id));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_task_close(runtime, 1));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_task_cancel(runtime, 1));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_metrics_read(runtime, &metrics));
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, says, silex_connection_open(runtime, NULL, &id));
  network(runtime, SILEX_ERROR_NOT_RUNNING, says);
  CHECK(released == released_before + 1);
  CHECK_OK(silex_log(runtime, SILEX_LOG_INFO, "a log needs no run"));
  CHECK_OK(silex_runtime_stop(runtime));
}

void wrong_moments(void) {
  const silex_options options = quiet_options();
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(&options, &runtime));
  while_it_does_not_run(runtime);
  CHECK_OK(silex_runtime_start(runtime));
  on_another_thread(on_a_wrong_thread, runtime);
  CHECK(silex_runtime_is_running(runtime));
  CHECK_OK(silex_runtime_stop(runtime));
  while_it_does_not_run(runtime);
  destroy(runtime);
  CHECK(called == 0);
}
