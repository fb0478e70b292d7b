#include "host.h"

#include <pthread.h>
#include <stddef.h>
#include <time.h>

enum { kQueue = 64 };

typedef struct call {
  void (*function)(void* data);
  void* data;
} call;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t posted = PTHREAD_COND_INITIALIZER;
static call queue[kQueue]; /* wakes are coalesced, so that few are ever posted */
static unsigned first, last;
static bool quits;
static call quit_call;

static bool post(void (*function)(void* data), void* data) {
  pthread_mutex_lock(&mutex);
  const bool accepted = !quits && last - first < kQueue;
  if (accepted) {
    queue[last++ % kQueue] = (call){function, data};
    pthread_cond_signal(&posted);
  }
  pthread_mutex_unlock(&mutex);
  return accepted;
}

static void on_quit(void (*function)(void* data), void* data) {
  quit_call = (call){function, data};
}

const frozen_host_functions frozen_host = {post, on_quit};

/* The next call, or one without a function where none came until `deadline` (NULL: at once). */
static call next(const struct timespec* deadline) {
  call taken = {NULL, NULL};
  pthread_mutex_lock(&mutex);
  while (first == last && deadline && pthread_cond_timedwait(&posted, &mutex, deadline) == 0) {
  }
  if (first != last) taken = queue[first++ % kQueue];
  pthread_mutex_unlock(&mutex);
  return taken;
}

bool frozen_host_run(bool (*until)(void* data), void* data) {
  struct timespec deadline;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += 30;
  while (!until(data)) {
    /* What is waited for may come from another thread without a call of ours: look again soon. */
    struct timespec soon;
    clock_gettime(CLOCK_REALTIME, &soon);
    if (soon.tv_sec >= deadline.tv_sec) return false;
    soon.tv_nsec += 10 * 1000 * 1000;
    if (soon.tv_nsec >= 1000 * 1000 * 1000) {
      soon.tv_nsec -= 1000 * 1000 * 1000;
      ++soon.tv_sec;
    }
    const call taken = next(&soon);
    if (taken.function) taken.function(taken.data);
  }
  return true;
}

void frozen_host_quit(void) {
  pthread_mutex_lock(&mutex);
  quits = true;
  pthread_mutex_unlock(&mutex);
  if (quit_call.function) quit_call.function(quit_call.data);
  for (call taken = next(NULL); taken.function; taken = next(NULL)) taken.function(taken.data);
}
