/* A host with Silex in it that was written for ABI 1.0, run with today's library: program ADAPTER. It is
 * never changed.
 */
#include "check.h"
#include "host.h"

#include <silex/silex.h>

#include <stdatomic.h>
#include <string.h>

_Static_assert(SILEX_ABI_MAJOR == 1 && SILEX_ABI_MINOR == 0, "built with its own headers");

enum { kCalls = 100 };

static silex_runtime* runtime;
static atomic_int logged, told, released, on_loop, on_worker, timers;
static int run; /* [main-thread] */

static void log_line(void* data, silex_log_level level, const char* message) {
  (void)data, (void)level;
  if (strstr(message, "an adapter of ABI 1.0 is loaded") || strstr(message, "the frozen host quits"))
    ++logged;
}

static silex_status call(void* data, const silex_scope* scope) {
  (void)data;
  if (silex_current_thread(runtime) == SILEX_THREAD_MAIN && !scope->stop_requested(scope)) ++run;
  return SILEX_OK;
}
static silex_status job(void* data, const silex_scope* scope) {
  (void)data;
  if (silex_current_thread(runtime) == SILEX_THREAD_WORKER) ++on_worker;
  scope->fail(scope, "it was to fail", "its traceback");
  return SILEX_ERROR_EXCEPTION;
}
static void done(void* data, const silex_completion* completion) {
  const silex_outcome* const expected = data;
  if (completion->outcome == *expected && (completion->error == NULL) == (*expected == SILEX_OUTCOME_VALUE))
    ++told;
}
static void release(void* data) {
  (void)data;
  ++released;
}
static void posted(void* data) {
  (void)data;
  if (silex_current_thread(runtime) == SILEX_THREAD_LOOP) ++on_loop;
}
static void fired(void* data, silex_status reason) {
  (void)data;
  if (reason == SILEX_OK) ++timers;
}
static bool all_told(void* data) {
  (void)data;
  return released == kCalls + 1 && on_loop == 1 && timers == 1;
}

int main(int argc, char** argv) {
  CHECK(argc == 2);
  const silex_options options = {.size = sizeof options, .workers = 2, .log_sink = log_line};
  CHECK_OK(silex_runtime_create(&options, &runtime));
  silex_plugin_handle* plugin = NULL;
  CHECK_OK(silex_plugin_load(runtime, argv[1], &plugin));
  CHECK(strcmp(silex_plugin_name(plugin), "frozen") == 0);
  CHECK_OK(silex_adapter_choose(runtime, "frozen"));
  CHECK_OK(silex_runtime_start(runtime));

  static const silex_outcome value = SILEX_OUTCOME_VALUE, exception = SILEX_OUTCOME_EXCEPTION;
  silex_task_id task = 0;
  CHECK_OK(silex_task_open(runtime, &(silex_task){.size = sizeof(silex_task), .name = "frozen"}, &task));
  silex_work work = {.size = sizeof work, .task = task, .name = "call", .data = (void*)&value};
  work.run = call, work.done = done, work.release = release;
  for (int number = 0; number < kCalls; ++number) CHECK_OK(silex_defer(runtime, &work, NULL));
  work.run = job, work.data = (void*)&exception;
  CHECK_OK(silex_submit(runtime, &work, NULL));
  CHECK_OK(silex_post(runtime, task, posted, NULL));
  CHECK_OK(silex_timer_start(
      runtime, &(silex_timer){.size = sizeof(silex_timer), .task = task, .fired = fired}, NULL));
  CHECK(frozen_host_run(all_told, NULL));
  CHECK(run == kCalls && told == kCalls + 1 && on_worker == 1);

  silex_metrics metrics = {.size = sizeof metrics};
  CHECK_OK(silex_metrics_read(runtime, &metrics));
  CHECK(metrics.size == sizeof metrics && metrics.calls_deferred == kCalls &&
        metrics.call_run.count == kCalls);
  CHECK(silex_cancel(runtime, 1) == SILEX_ERROR_NOT_FOUND &&
        silex_last_error()->code == SILEX_ERROR_NOT_FOUND);
  CHECK_OK(silex_task_close(runtime, task));

  frozen_host_quit();
  CHECK(!silex_runtime_is_running(runtime) && logged == 2);
  CHECK_OK(silex_plugin_unload(runtime, plugin));
  CHECK_OK(silex_runtime_destroy(runtime));
  printf("ABI 1.0: a program and an adapter run\n");
  return 0;
}
