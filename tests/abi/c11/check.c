#include "check.h"

#include <stdio.h>
#include <string.h>

static int failed = 0;

bool check(bool passed, const char* what, const char* file, int line) {
  if (!passed) {
    fprintf(stderr, "%s:%d: not true: %s\n", file, line, what);
    ++failed;
  }
  return passed;
}

bool check_status(silex_status expected, const char* says, silex_status got, const char* what,
                  const char* file, int line) {
  const silex_error* error = silex_last_error();
  const char* const sentence = got == SILEX_OK ? "" : error->message;
  bool passed = got == expected && strstr(sentence, says) != NULL;
  if (got != SILEX_OK) {
    passed = passed && error->size >= sizeof *error && error->code == got && strlen(sentence) > 10 &&
             error->detail != NULL;
  }
  if (!passed) {
    fprintf(stderr, "%s:%d: %s\n  gave %s: \"%s\"\n  not  %s: \"..%s..\"\n", file, line, what,
            silex_status_name(got), sentence, silex_status_name(expected), says);
    ++failed;
  }
  return passed;
}

int checks_failed(void) {
  return failed;
}

void latch_add(struct latch* latch) {
  pthread_mutex_lock(&latch->mutex);
  ++latch->count;
  pthread_cond_broadcast(&latch->changed);
  pthread_mutex_unlock(&latch->mutex);
}

void latch_wait(struct latch* latch, int count) {
  pthread_mutex_lock(&latch->mutex);
  while (latch->count < count) pthread_cond_wait(&latch->changed, &latch->mutex);
  pthread_mutex_unlock(&latch->mutex);
}

int latch_count(struct latch* latch) {
  pthread_mutex_lock(&latch->mutex);
  const int count = latch->count;
  pthread_mutex_unlock(&latch->mutex);
  return count;
}

void on_another_thread(void* (*function)(void*), void* data) {
  pthread_t thread;
  if (!CHECK(pthread_create(&thread, NULL, function, data) == 0)) return;
  CHECK(pthread_join(thread, NULL) == 0);
}

void discard_log(void* data, silex_log_level level, const char* message) {
  (void)data;
  (void)level;
  (void)message;
}

silex_options quiet_options(void) {
  silex_options options = {.size = sizeof options};
  options.adapter_path = "";
  options.log_sink = discard_log;
  options.drain_budget_ns = 3600000000000; /* one drain is enough, however slow the machine is */
  return options;
}

silex_runtime* started(const silex_options* options) {
  const silex_options quiet = quiet_options();
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(options ? options : &quiet, &runtime));
  CHECK_OK(silex_runtime_start(runtime));
  return runtime;
}

void destroy(silex_runtime* runtime) {
  CHECK_OK(silex_runtime_destroy(runtime));
}
