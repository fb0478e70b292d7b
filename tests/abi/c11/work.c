/* silex_defer(), silex_call_and_wait(), silex_submit(), silex_cancel(), silex_drain(), and how work ends. */
#include "cases.h"
#include "check.h"

#include <stdatomic.h>
#include <string.h>

/* One piece of work, and all that is told of it. */
struct job {
  silex_runtime* runtime;
  silex_status returns;
  const char* fails_with;
  const char* fails_in;
  atomic_int runs;
  atomic_int thread; /* that it ran on */
  atomic_bool stop_seen;
  silex_outcome outcome;
  silex_status code;
  char message[256];
  char detail[256];
  struct latch told;
  struct latch released;
  struct latch entered;
  struct latch may_go; /* run() waits for it if `blocks` */
  bool blocks;
};
#define JOB(its_runtime) \
  { .runtime = (its_runtime), .told = LATCH, .released = LATCH, .entered = LATCH, .may_go = LATCH }

static silex_status run(void* data, const silex_scope* scope) {
  struct job* const job = data;
  atomic_fetch_add(&job->runs, 1);
  atomic_store(&job->thread, (int)silex_current_thread(job->runtime));
  CHECK(scope->size >= sizeof *scope);
  latch_add(&job->entered);
  if (job->blocks) latch_wait(&job->may_go, 1);
  atomic_store(&job->stop_seen, scope->stop_requested(scope));
  if (job->fails_with) scope->fail(scope, job->fails_with, job->fails_in);
  return job->returns;
}

static void done(void* data, const silex_completion* completion) {
  struct job* const job = data;
  CHECK(silex_current_thread(job->runtime) == SILEX_THREAD_LOOP);
  CHECK(completion->size >= sizeof *completion);
  CHECK((completion->error == NULL) == (completion->outcome == SILEX_OUTCOME_VALUE));
  job->outcome = completion->outcome;
  if (completion->error) {
    job->code = completion->error->code;
    strncpy(job->message, completion->error->message, sizeof job->message - 1);
    strncpy(job->detail, completion->error->detail, sizeof job->detail - 1);
  }
  latch_add(&job->told);
}

static void release(void* data) {
  latch_add(&((struct job*)data)->released);
}

static silex_work work_of(struct job* job) {
  const silex_work work = {.size = sizeof work,
                           .name = "a test's work",
                           .data = job,
                           .run = run,
                           .done = done,
                           .release = release};
  return work;
}

/* Waits until it is told and released, each once. */
static void check_told(struct job* job, silex_outcome outcome, silex_status code, const char* says) {
  latch_wait(&job->released, 1);
  CHECK(latch_count(&job->told) == 1);
  CHECK(job->outcome == outcome);
  CHECK(job->code == code);
  CHECK(strstr(job->message, says) != NULL);
}

void deferred_calls(void) {
  silex_runtime* const runtime = started(NULL);
  struct job first = JOB(runtime);
  struct job second = JOB(runtime);
  const silex_work works[] = {work_of(&first), work_of(&second)};
  silex_id ids[2] = {0, 0};
  CHECK_OK(silex_defer(runtime, &works[0], &ids[0]));
  CHECK_OK(silex_defer(runtime, &works[1], &ids[1]));
  CHECK(ids[0] != 0 && ids[1] != 0 && ids[0] != ids[1]);
  CHECK(atomic_load(&first.runs) == 0);
  silex_drain_report report = {.size = sizeof report};
  CHECK_OK(silex_drain(runtime, &report));
  CHECK(report.size == sizeof report && report.calls_run == 2 && report.calls_left == 0);
  CHECK(atomic_load(&first.thread) == SILEX_THREAD_MAIN);
  check_told(&first, SILEX_OUTCOME_VALUE, SILEX_OK, "");
  check_told(&second, SILEX_OUTCOME_VALUE, SILEX_OK, "");
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "ended already", silex_cancel(runtime, ids[0]));

  const silex_work least = {
      .size = sizeof least, .data = &first, .run = run}; /* no done, release, name, id */
  CHECK_OK(silex_defer(runtime, &least, NULL));
  CHECK_OK(silex_drain(runtime, NULL));
  CHECK(atomic_load(&first.runs) == 2);
  destroy(runtime);
}

void outcomes(void) {
  silex_runtime* const runtime = started(NULL);
  struct job failing = JOB(runtime), coded = JOB(runtime), withdrawn = JOB(runtime), late = JOB(runtime),
             gave_up = JOB(runtime), left = JOB(runtime);
  silex_work work = work_of(&failing);
  failing.returns = SILEX_ERROR_EXCEPTION;
  failing.fails_with = "no such node: |pCube1";
  failing.fails_in = "line 3 of the script";
  CHECK_OK(silex_defer(runtime, &work, NULL));
  work = work_of(&coded);
  coded.returns = SILEX_ERROR_BUSY;
  CHECK_OK(silex_defer(runtime, &work, NULL));
  work = work_of(&gave_up);
  gave_up.returns = SILEX_ERROR_CANCELLED;
  CHECK_OK(silex_defer(runtime, &work, NULL));
  work = work_of(&withdrawn);
  silex_id id = 0;
  CHECK_OK(silex_defer(runtime, &work, &id));
  CHECK_OK(silex_cancel(runtime, id));
  check_told(&withdrawn, SILEX_OUTCOME_CANCELLED, SILEX_ERROR_CANCELLED, "cancelled");
  work = work_of(&late);
  work.timeout_ns = 1;
  CHECK_OK(silex_defer(runtime, &work, NULL));
  latch_wait(&late.told, 1); /* though nobody drains */

  CHECK_OK(silex_drain(runtime, NULL));
  check_told(&failing, SILEX_OUTCOME_EXCEPTION, SILEX_ERROR_EXCEPTION, "|pCube1");
  CHECK(strcmp(failing.detail, "line 3 of the script") == 0);
  check_told(&coded, SILEX_OUTCOME_EXCEPTION, SILEX_ERROR_EXCEPTION, "a test's work");
  check_told(&late, SILEX_OUTCOME_TIMED_OUT, SILEX_ERROR_TIMED_OUT, "timeout");
  check_told(&gave_up, SILEX_OUTCOME_CANCELLED, SILEX_ERROR_CANCELLED, "gave up");
  CHECK(atomic_load(&withdrawn.runs) == 0 && atomic_load(&late.runs) == 0);

  work = work_of(&left);
  CHECK_OK(silex_defer(runtime, &work, NULL));
  CHECK_OK(silex_runtime_stop(runtime));
  check_told(&left, SILEX_OUTCOME_HOST_GONE, SILEX_ERROR_HOST_GONE, "host is gone");
  CHECK(atomic_load(&left.runs) == 0);
  destroy(runtime);
}

static void* wait_for_the_host(void* data) {
  struct job* const job = data;
  silex_work work = work_of(job);
  CHECK_OK(silex_call_and_wait(job->runtime, &work));
  job->returns = SILEX_ERROR_EXCEPTION;
  job->fails_with = "the scene is locked";
  CHECK_STATUS(SILEX_ERROR_EXCEPTION, "the scene is locked", silex_call_and_wait(job->runtime, &work));
  latch_add(&job->told);
  return NULL;
}

static void* wait_too_long(void* data) {
  struct job* const job = data;
  silex_work work = work_of(job);
  work.timeout_ns = 1;
  CHECK_STATUS(SILEX_ERROR_TIMED_OUT, "timeout", silex_call_and_wait(job->runtime, &work));
  return NULL;
}

static void* wait_for_nobody(void* data) {
  struct job* const job = data;
  silex_work work = work_of(job);
  work.timeout_ns = SILEX_NONE;
  CHECK_STATUS(SILEX_ERROR_NO_PUMP, "silex_pump_until()", silex_call_and_wait(job->runtime, &work));
  return NULL;
}

static void wait_on_the_loop(void* data) {
  struct job* const job = data;
  const silex_work work = work_of(job);
  CHECK_STATUS(SILEX_ERROR_WOULD_DEADLOCK, "loop", silex_call_and_wait(job->runtime, &work));
  latch_add(&job->told);
}

static bool is_told(void* data) {
  return latch_count(&((struct job*)data)->told) > 0;
}

void call_and_wait(void) {
  silex_options options = quiet_options();
  options.no_pump_ns = SILEX_NONE;
  silex_runtime* runtime = started(&options);
  struct job elsewhere = JOB(runtime), inline_job = JOB(runtime), in_vain = JOB(runtime),
             refused = JOB(runtime);
  const silex_work here = work_of(&inline_job);
  CHECK_OK(silex_call_and_wait(runtime, &here));
  CHECK(atomic_load(&inline_job.runs) == 1 && latch_count(&inline_job.released) == 1);
  CHECK(latch_count(&inline_job.told) == 0); /* the status told it */

  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, wait_for_the_host, &elsewhere) == 0);
  CHECK_OK(silex_pump_until(runtime, is_told, &elsewhere, SILEX_NONE));
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(atomic_load(&elsewhere.thread) == SILEX_THREAD_MAIN && atomic_load(&elsewhere.runs) == 2);

  on_another_thread(wait_too_long, &in_vain);
  CHECK_OK(silex_post(runtime, 0, wait_on_the_loop, &refused));
  latch_wait(&refused.told, 1);
  CHECK(atomic_load(&refused.runs) == 0 && latch_count(&refused.released) == 1);
  destroy(runtime);

  options.no_pump_ns = 1000000;
  runtime = started(&options);
  in_vain.runtime = runtime;
  on_another_thread(wait_for_nobody, &in_vain);
  CHECK(atomic_load(&in_vain.runs) == 0);
  destroy(runtime);
}

void workers(void) {
  silex_options options = quiet_options();
  options.workers = 1;
  options.worker_queue = 2;
  silex_runtime* const runtime = started(&options);
  struct job blocking = JOB(runtime), queued = JOB(runtime), withdrawn = JOB(runtime), refused = JOB(runtime),
             abandoned = JOB(runtime);
  silex_work work = work_of(&blocking);
  blocking.blocks = true;
  silex_id running = 0;
  CHECK_OK(silex_submit(runtime, &work, &running));
  latch_wait(&blocking.entered, 1);
  CHECK(atomic_load(&blocking.thread) == SILEX_THREAD_WORKER);

  work = work_of(&queued);
  CHECK_OK(silex_submit(runtime, &work, NULL));
  work = work_of(&withdrawn);
  silex_id id = 0;
  CHECK_OK(silex_submit(runtime, &work, &id));
  work = work_of(&refused);
  CHECK_STATUS(SILEX_ERROR_QUEUE_FULL, "2 jobs", silex_submit(runtime, &work, NULL));
  CHECK_OK(silex_cancel(runtime, id));
  check_told(&withdrawn, SILEX_OUTCOME_CANCELLED, SILEX_ERROR_CANCELLED, "cancelled");
  CHECK_OK(silex_cancel(runtime, running)); /* asks it to stop */
  latch_add(&blocking.may_go);
  check_told(&blocking, SILEX_OUTCOME_VALUE, SILEX_OK, ""); /* it did not */
  CHECK(atomic_load(&blocking.stop_seen));
  check_told(&queued, SILEX_OUTCOME_VALUE, SILEX_OK, "");
  CHECK(atomic_load(&withdrawn.runs) == 0 && atomic_load(&refused.runs) == 0);
  CHECK(latch_count(&refused.released) == 0); /* it was not accepted */

  work = work_of(&abandoned);
  work.flags = SILEX_WORK_ABANDON;
  abandoned.blocks = true;
  CHECK_OK(silex_submit(runtime, &work, &id));
  latch_wait(&abandoned.entered, 1);
  CHECK_OK(silex_cancel(runtime, id));
  latch_wait(&abandoned.told, 1); /* while it runs */
  CHECK(latch_count(&abandoned.released) == 0);
  latch_add(&abandoned.may_go);
  check_told(&abandoned, SILEX_OUTCOME_CANCELLED, SILEX_ERROR_CANCELLED, "cancelled");
  destroy(runtime);
}
