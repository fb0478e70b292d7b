/* silex_runtime_*, silex_last_error(), silex_status_name() */
#include "cases.h"
#include "check.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void* look_from_elsewhere(void* runtime) {
  CHECK(silex_current_thread(runtime) == SILEX_THREAD_OTHER);
  CHECK(silex_runtime_is_running(runtime));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_runtime_stop(runtime));
  CHECK_STATUS(SILEX_ERROR_WRONG_THREAD, "main thread", silex_runtime_destroy(runtime));
  CHECK_OK(silex_runtime_start(runtime)); /* it runs already */
  return NULL;
}

static silex_status stop_it(void* runtime, const silex_scope* scope) {
  (void)scope;
  CHECK_STATUS(SILEX_ERROR_BUSY, "deferred call", silex_runtime_destroy(runtime));
  CHECK_OK(silex_runtime_stop(runtime));
  CHECK(!silex_runtime_is_running(runtime));
  CHECK_STATUS(SILEX_ERROR_BUSY, "deferred call", silex_runtime_destroy(runtime)); /* it is still inside */
  return SILEX_OK;
}

void life_of_a_runtime(void) {
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(NULL, &runtime));
  CHECK(runtime != NULL);
  CHECK(!silex_runtime_is_running(runtime));
  CHECK(silex_current_thread(runtime) == SILEX_THREAD_OTHER);
  CHECK_OK(silex_runtime_stop(runtime)); /* it never ran */
  destroy(runtime);
  CHECK_OK(silex_runtime_destroy(NULL));

  /* Every option, none of them its default. */
  const silex_options options = {.size = sizeof options,
                                 .workers = 3,
                                 .worker_queue = 7,
                                 .drain_budget_ns = 4000000,
                                 .linger_ns = SILEX_NONE,
                                 .loop_stall_ns = 1000000000,
                                 .slow_call_ns = 1000000000,
                                 .host_busy_ns = SILEX_NONE,
                                 .no_pump_ns = SILEX_NONE,
                                 .stop_timeout_ns = 3000000000,
                                 .adapter_path = "/nowhere:/at/all",
                                 .log_sink = discard_log};
  CHECK_OK(silex_runtime_create(&options, &runtime));
  for (int round = 0; round < 3; ++round) {
    CHECK_OK(silex_runtime_start(runtime));
    CHECK_OK(silex_runtime_start(runtime));
    CHECK(silex_runtime_is_running(runtime));
    CHECK(silex_current_thread(runtime) == SILEX_THREAD_MAIN);
    on_another_thread(look_from_elsewhere, runtime);
    CHECK_OK(silex_runtime_stop(runtime));
    CHECK_OK(silex_runtime_stop(runtime));
    CHECK(!silex_runtime_is_running(runtime));
  }
  CHECK_OK(silex_runtime_start(runtime));
  const silex_work work = {.size = sizeof work, .data = runtime, .run = stop_it};
  CHECK_OK(silex_defer(runtime, &work, NULL));
  CHECK_STATUS(SILEX_ERROR_HOST_GONE, "", silex_drain(runtime, NULL));
  CHECK_OK(silex_runtime_start(runtime));
  destroy(runtime); /* stops it */

  /* A struct of a version to come: longer, with members that this one does not know. */
  struct {
    silex_options known;
    uint64_t later[8];
  } longer = {.known = quiet_options(), .later = {1, 2, 3, 4, 5, 6, 7, 8}};
  longer.known.size = sizeof longer;
  CHECK_OK(silex_runtime_create(&longer.known, &runtime));
  destroy(runtime);
}

static void* fresh_thread_has_no_error(void* data) {
  (void)data;
  const silex_error* const error = silex_last_error();
  CHECK(error && error->size >= sizeof *error && error->code == SILEX_OK);
  CHECK(error && strcmp(error->message, "") == 0 && strcmp(error->detail, "") == 0);
  return NULL;
}

void errors_and_names(void) {
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "the runtime is NULL", silex_runtime_start(NULL));
  on_another_thread(fresh_thread_has_no_error, NULL);
  silex_runtime* const runtime = started(NULL);
  CHECK(silex_last_error()->code == SILEX_ERROR_INVALID_ARGUMENT); /* success does not change it */
  destroy(runtime);

  static const struct {
    silex_status status;
    const char* name;
  } names[] = {
#define NAME(code) {code, #code}
      NAME(SILEX_OK),
      NAME(SILEX_ERROR_INVALID_ARGUMENT),
      NAME(SILEX_ERROR_WRONG_THREAD),
      NAME(SILEX_ERROR_WOULD_DEADLOCK),
      NAME(SILEX_ERROR_NOT_RUNNING),
      NAME(SILEX_ERROR_HOST_GONE),
      NAME(SILEX_ERROR_CANCELLED),
      NAME(SILEX_ERROR_TIMED_OUT),
      NAME(SILEX_ERROR_EXCEPTION),
      NAME(SILEX_ERROR_QUEUE_FULL),
      NAME(SILEX_ERROR_NOT_FOUND),
      NAME(SILEX_ERROR_NO_PUMP),
      NAME(SILEX_ERROR_NO_HOST),
      NAME(SILEX_ERROR_BUSY),
      NAME(SILEX_ERROR_FORKED),
      NAME(SILEX_ERROR_OUT_OF_MEMORY),
      NAME(SILEX_ERROR_ADAPTER_FAILED),
      NAME(SILEX_ERROR_DISCONNECTED),
      NAME(SILEX_ERROR_NOT_SENT),
      NAME(SILEX_ERROR_FILE_NOT_FOUND),
      NAME(SILEX_ERROR_NOT_A_FILE),
      NAME(SILEX_ERROR_NOT_A_LIBRARY),
      NAME(SILEX_ERROR_LIBRARY_LOAD),
      NAME(SILEX_ERROR_NO_ENTRY),
      NAME(SILEX_ERROR_BAD_ENTRY),
      NAME(SILEX_ERROR_ABI_MISMATCH),
      NAME(SILEX_ERROR_NO_FACTORY),
      NAME(SILEX_ERROR_INIT_FAILED),
      NAME(SILEX_ERROR_PLUGIN_EXCEPTION),
      NAME(SILEX_ERROR_DUPLICATE_NAME),
      NAME(SILEX_ERROR_PLUGIN_BUSY),
#undef NAME
  };
  size_t known = 0;
  for (silex_status status = -100; status < 1000; ++status) {
    if (strcmp(silex_status_name(status), "unknown status") != 0) ++known;
  }
  CHECK(known == sizeof names / sizeof names[0]);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    CHECK(strcmp(silex_status_name(names[i].status), names[i].name) == 0);
  }
}

static silex_status do_nothing(void* data, const silex_scope* scope) {
  (void)data;
  (void)scope;
  return SILEX_OK;
}

void fork_of_the_process(void) {
  silex_runtime* const runtime = started(NULL);
  const pid_t child = fork();
  if (child == 0) {
    const silex_work work = {.size = sizeof work, .run = do_nothing};
    CHECK(!silex_runtime_is_running(runtime));
    CHECK(silex_current_thread(runtime) == SILEX_THREAD_OTHER);
    CHECK_STATUS(SILEX_ERROR_FORKED, "fork", silex_defer(runtime, &work, NULL));
    CHECK_STATUS(SILEX_ERROR_FORKED, "fork", silex_submit(runtime, &work, NULL));
    CHECK_STATUS(SILEX_ERROR_FORKED, "fork", silex_call_and_wait(runtime, &work));
    CHECK_STATUS(SILEX_ERROR_FORKED, "fork", silex_drain(runtime, NULL));
    CHECK_STATUS(SILEX_ERROR_FORKED, "fork", silex_runtime_start(runtime));
    CHECK_OK(silex_runtime_stop(runtime));
    CHECK_OK(silex_runtime_destroy(runtime));
    _exit(checks_failed());
  }
  int status = -1;
  CHECK(child > 0 && waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  CHECK(silex_runtime_is_running(runtime));
  destroy(runtime);
}
