/* What the C11 program checks with: a failed check says where and what, and the program goes on. */
#ifndef CHECK_H
#define CHECK_H

#include <silex/silex.h>

#include <pthread.h>
#include <stdbool.h>

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
/* That `call` gives `status` and, if it is an error, one sentence with `says` in it. */
#define CHECK_STATUS(status, says, call) check_status((status), (says), (call), #call, __FILE__, __LINE__)
#define CHECK_OK(call) CHECK_STATUS(SILEX_OK, "", call)

bool check(bool passed, const char* what, const char* file, int line);
bool check_status(silex_status expected, const char* says, silex_status got, const char* what,
                  const char* file, int line);
int checks_failed(void);

/* Counts up; another thread waits for it. */
struct latch {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int count;
};
#define LATCH \
  { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 }
void latch_add(struct latch* latch);
void latch_wait(struct latch* latch, int count);
int latch_count(struct latch* latch);

/* Runs function(data) on another thread to its end. */
void on_another_thread(void* (*function)(void*), void* data);

/* A runtime with `options` changed from the defaults by the caller: no adapter path, no log. */
silex_options quiet_options(void);
silex_runtime* started(const silex_options* options);
void destroy(silex_runtime* runtime);

/* Calls `log` counts what it is told; the sink of quiet_options(). */
void discard_log(void* data, silex_log_level level, const char* message);

#endif
