/* silex_post(), silex_timer_start(), silex_task_*(), silex_pump_until(), silex_pump_notify() */
#include "cases.h"
#include "check.h"

#include <stdatomic.h>
#include <string.h>

typedef struct timer_log {
  silex_runtime* runtime;
  struct latch fired;
  struct latch ended;
  atomic_int last_reason;
} timer_log;
#define TIMER_LOG(its_runtime) \
  { .runtime = (its_runtime), .fired = LATCH, .ended = LATCH }

static void fired(void* data, silex_status reason) {
  timer_log* const log = data;
  CHECK(silex_current_thread(log->runtime) == SILEX_THREAD_LOOP);
  atomic_store(&log->last_reason, reason);
  latch_add(reason == SILEX_OK ? &log->fired : &log->ended);
}

static void add_to_latch(void* data) {
  latch_add(data);
}

void posts_and_timers(void) {
  silex_runtime* const runtime = started(NULL);
  struct latch posted = LATCH;
  CHECK_OK(silex_post(runtime, 0, add_to_latch, &posted));
  CHECK_OK(silex_post(runtime, 12345, add_to_latch, &posted)); /* on behalf of a task that nobody knows */
  latch_wait(&posted, 2);

  timer_log once = TIMER_LOG(runtime), again = TIMER_LOG(runtime), never = TIMER_LOG(runtime),
            left = TIMER_LOG(runtime);
  silex_timer timer = {.size = sizeof timer, .delay_ns = 1000, .data = &once, .fired = fired};
  silex_id id = 0;
  CHECK_OK(silex_timer_start(runtime, &timer, &id));
  CHECK(id != 0);
  latch_wait(&once.fired, 1);
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "ended already", silex_cancel(runtime, id));

  timer.period_ns = 1000;
  timer.data = &again;
  CHECK_OK(silex_timer_start(runtime, &timer, &id));
  latch_wait(&again.fired, 3);
  CHECK_OK(silex_cancel(runtime, id));
  latch_wait(&again.ended, 1);
  CHECK(atomic_load(&again.last_reason) == SILEX_ERROR_CANCELLED);

  timer.delay_ns = SILEX_NONE;
  timer.data = &never;
  CHECK_OK(silex_timer_start(runtime, &timer, &id));
  CHECK_OK(silex_cancel(runtime, id));
  latch_wait(&never.ended, 1);
  CHECK(latch_count(&never.fired) == 0);

  timer.data = &left;
  CHECK_OK(silex_timer_start(runtime, &timer, NULL));
  CHECK_OK(silex_runtime_stop(runtime));
  CHECK(latch_count(&left.ended) == 1);
  CHECK(atomic_load(&left.last_reason) == SILEX_ERROR_HOST_GONE);
  destroy(runtime);
}

typedef struct open_task {
  silex_runtime* runtime;
  _Atomic silex_task_id id;
  struct latch asked_to_end;
} open_task;

static void end_task(void* data) {
  open_task* const task = data;
  CHECK(silex_current_thread(task->runtime) == SILEX_THREAD_LOOP);
  CHECK_OK(silex_task_close(task->runtime, atomic_load(&task->id)));
  latch_add(&task->asked_to_end);
}

void tasks(void) {
  silex_runtime* const runtime = started(NULL);
  open_task tasks[3] = {{.runtime = runtime, .asked_to_end = LATCH},
                        {.runtime = runtime, .asked_to_end = LATCH},
                        {.runtime = runtime, .asked_to_end = LATCH}};
  for (int i = 0; i < 3; ++i) {
    char name[] = "publish: export geometry";
    const silex_task task = {.size = sizeof task, .name = name, .data = &tasks[i], .cancel = end_task};
    silex_task_id id = 0;
    CHECK_OK(silex_task_open(runtime, &task, &id));
    CHECK(id != 0);
    atomic_store(&tasks[i].id, id);
    memset(name, 'x', sizeof name - 1); /* the name was copied */
  }
  CHECK_OK(silex_task_cancel(runtime, atomic_load(&tasks[0].id)));
  latch_wait(&tasks[0].asked_to_end, 1);
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no open task", silex_task_cancel(runtime, atomic_load(&tasks[0].id)));
  CHECK_OK(silex_task_close(runtime, atomic_load(&tasks[1].id)));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no open task", silex_task_close(runtime, atomic_load(&tasks[1].id)));
  CHECK_OK(silex_runtime_stop(runtime));
  CHECK(latch_count(&tasks[1].asked_to_end) == 0);
  CHECK(latch_count(&tasks[2].asked_to_end) == 1); /* a stop ends what is open */
  destroy(runtime);
}

typedef struct pumped {
  silex_runtime* runtime;
  int asked;
  int enough;
  atomic_bool notified;
} pumped;

static bool asked_enough(void* data) {
  pumped* const pump = data;
  CHECK(silex_current_thread(pump->runtime) == SILEX_THREAD_MAIN);
  return ++pump->asked >= pump->enough;
}

static bool was_notified(void* data) {
  return atomic_load(&((pumped*)data)->notified);
}

static void* notify(void* data) {
  pumped* const pump = data;
  atomic_store(&pump->notified, true);
  CHECK_OK(silex_pump_notify(pump->runtime));
  return NULL;
}

static silex_status stop_inside(void* runtime, const silex_scope* scope) {
  (void)scope;
  CHECK_OK(silex_runtime_stop(runtime));
  return SILEX_OK;
}

void pump(void) {
  silex_runtime* const runtime = started(NULL);
  pumped state = {.runtime = runtime, .enough = 3};
  CHECK_OK(silex_pump_until(runtime, asked_enough, &state, SILEX_NONE));
  CHECK(state.asked == 3);
  CHECK_STATUS(SILEX_ERROR_TIMED_OUT, "time is up", silex_pump_until(runtime, NULL, NULL, 0));
  CHECK_STATUS(SILEX_ERROR_TIMED_OUT, "time is up", silex_pump_until(runtime, NULL, NULL, 1000000));
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, notify, &state) == 0);
  CHECK_OK(silex_pump_until(runtime, was_notified, &state, SILEX_NONE));
  CHECK(pthread_join(thread, NULL) == 0);

  const silex_work work = {.size = sizeof work, .data = runtime, .run = stop_inside};
  CHECK_OK(silex_defer(runtime, &work, NULL));
  CHECK_STATUS(SILEX_ERROR_HOST_GONE, "", silex_pump_until(runtime, NULL, NULL, SILEX_NONE));
  destroy(runtime);
}
