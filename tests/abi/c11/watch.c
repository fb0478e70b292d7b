/* silex_log(), the sinks of log and events, silex_metrics_read() */
#include "cases.h"
#include "check.h"

#include <string.h>

struct journal {
  struct latch lines;
  struct latch events[SILEX_EVENT_HOST_GONE + 1]; /* by kind */
  char last_line[256];
  silex_log_level last_level;
  char slow_call[64];
  char stalled[64];
};

static void write_line(void* data, silex_log_level level, const char* message) {
  struct journal* const journal = data;
  journal->last_level = level;
  strncpy(journal->last_line, message, sizeof journal->last_line - 1);
  latch_add(&journal->lines);
}

static void take_event(void* data, const silex_event* event) {
  struct journal* const journal = data;
  CHECK(event->size >= sizeof *event);
  CHECK(event->kind >= SILEX_EVENT_LOOP_STALLED && event->kind <= SILEX_EVENT_HOST_GONE);
  CHECK(event->name != NULL && strlen(event->message) > 10);
  if (event->kind == SILEX_EVENT_SLOW_CALL) {
    CHECK(event->duration_ns > 0);
    strncpy(journal->slow_call, event->name, sizeof journal->slow_call - 1);
  }
  const bool of_loop = event->kind == SILEX_EVENT_LOOP_STALLED || event->kind == SILEX_EVENT_LOOP_RESUMED;
  if (of_loop && event->task == 0)
    return; /* with a limit of 1 ms, a busy machine is enough to stall the loop */
  if (event->kind == SILEX_EVENT_LOOP_STALLED) {
    strncpy(journal->stalled, event->name, sizeof journal->stalled - 1);
  }
  latch_add(&journal->events[event->kind]);
}

static silex_status do_nothing(void* data, const silex_scope* scope) {
  (void)data;
  (void)scope;
  return SILEX_OK;
}

static void wait_for_the_stall(void* data) {
  latch_wait(data, 1);
}

static void* submit_and_wait(void* runtime) {
  const silex_work work = {.size = sizeof work, .run = do_nothing};
  CHECK_OK(silex_submit(runtime, &work, NULL));
  return NULL;
}

static bool a_job_ended(void* runtime) {
  silex_metrics metrics = {.size = sizeof metrics};
  CHECK_OK(silex_metrics_read(runtime, &metrics));
  return metrics.job_outcomes[SILEX_OUTCOME_VALUE] == 1;
}

static void check_metrics(silex_runtime* runtime) {
  on_another_thread(submit_and_wait, runtime);
  CHECK_OK(silex_pump_until(runtime, a_job_ended, runtime, SILEX_NONE));
  silex_metrics metrics = {.size = sizeof metrics};
  CHECK_OK(silex_metrics_read(runtime, &metrics));
  CHECK(metrics.size == sizeof metrics);
  CHECK(metrics.worker_threads == 1);
  CHECK(metrics.calls_queued == 0 && metrics.jobs_queued == 0);
  CHECK(metrics.calls_deferred == 1 && metrics.jobs_submitted == 1);
  CHECK(metrics.call_outcomes[SILEX_OUTCOME_VALUE] == 1);
  CHECK(metrics.drains > 0 && metrics.events > 0 && metrics.tasks_open == 1);
  CHECK(metrics.wakes_failed == 0 && metrics.drains_over_budget == 0);
  const silex_histogram* const histograms[] = {&metrics.call_wait, &metrics.call_run, &metrics.job_wait,
                                               &metrics.job_run};
  for (int i = 0; i < 4; ++i) {
    uint64_t counted = 0;
    for (int bucket = 0; bucket < SILEX_HISTOGRAM_BUCKETS; ++bucket) {
      counted += histograms[i]->buckets[bucket];
    }
    CHECK(histograms[i]->count == 1 && counted == 1);
    CHECK(histograms[i]->max_ns == histograms[i]->sum_ns);
  }

  /* Of an older version: no more than its size is written. */
  struct {
    uint32_t size;
    uint32_t worker_threads;
    uint64_t guard;
  } older = {.size = 8, .guard = 0x5ca1ab1e};
  CHECK_OK(silex_metrics_read(runtime, (silex_metrics*)&older));
  CHECK(older.size == 8 && older.worker_threads == 1 && older.guard == 0x5ca1ab1e);
}

void log_events_and_metrics(void) {
  struct journal journal = {.lines = LATCH};
  for (int i = 0; i <= SILEX_EVENT_HOST_GONE; ++i) journal.events[i] = (struct latch)LATCH;
  silex_options options = quiet_options();
  options.workers = 1;
  options.loop_stall_ns = 1000000;
  options.slow_call_ns = 1;
  options.host_busy_ns = 1000000;
  options.no_pump_ns = SILEX_NONE;
  options.log_sink = write_line;
  options.log_data = &journal;
  options.event_sink = take_event;
  options.event_data = &journal;
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(&options, &runtime));
  for (int level = SILEX_LOG_DEBUG; level <= SILEX_LOG_CRITICAL; ++level) {
    CHECK_OK(silex_log(runtime, (silex_log_level)level, "a line {} of 100 %s \xc3\xa9"));
    CHECK(latch_count(&journal.lines) == level + 1);
    CHECK((int)journal.last_level == level);
    CHECK(strcmp(journal.last_line, "a line {} of 100 %s \xc3\xa9") == 0);
  }
  CHECK_OK(silex_runtime_start(runtime));

  const silex_task task = {.size = sizeof task, .name = "a task that blocks"};
  silex_task_id id = 0;
  CHECK_OK(silex_task_open(runtime, &task, &id));
  CHECK_OK(silex_post(runtime, id, wait_for_the_stall, &journal.events[SILEX_EVENT_LOOP_STALLED]));
  latch_wait(&journal.events[SILEX_EVENT_LOOP_RESUMED], 1);
  CHECK(strcmp(journal.stalled, "a task that blocks") == 0);

  const silex_work work = {.size = sizeof work, .name = "a slow call", .run = do_nothing};
  CHECK_OK(silex_defer(runtime, &work, NULL));
  latch_wait(&journal.events[SILEX_EVENT_HOST_BUSY], 1); /* the call waits, and nobody drains */
  CHECK_OK(silex_drain(runtime, NULL));
  latch_wait(&journal.events[SILEX_EVENT_SLOW_CALL], 1);
  latch_wait(&journal.events[SILEX_EVENT_HOST_RESPONSIVE], 1);
  CHECK(strcmp(journal.slow_call, "a slow call") == 0);

  check_metrics(runtime);
  CHECK_OK(silex_task_close(runtime, id));
  destroy(runtime);
}
