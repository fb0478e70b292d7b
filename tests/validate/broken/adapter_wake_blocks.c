/* It waits until the host has drained. */
#define ATTACH remember
#define WAKE wait_for_it
#define ON_DRAIN drain_and_tell
#include "base.h"

static pthread_t main_thread;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t drained = PTHREAD_COND_INITIALIZER;
static unsigned drains;

static silex_status remember(void* self, silex_pump* pump, silex_host_mode* mode) {
  main_thread = pthread_self();
  return attach(self, pump, mode);
}

static void drain_and_tell(void* data) {
  on_drain(data);
  pthread_mutex_lock(&mutex);
  ++drains;
  pthread_cond_broadcast(&drained);
  pthread_mutex_unlock(&mutex);
}

static silex_status wait_for_it(void* self) {
  if (pthread_equal(pthread_self(), main_thread)) return wake(self);
  pthread_mutex_lock(&mutex);
  const unsigned before = drains;
  const silex_status status = wake(self);
  while (drains == before) pthread_cond_wait(&drained, &mutex);
  pthread_mutex_unlock(&mutex);
  return status;
}
