/* It drains on a thread of its own. */
#define ON_DRAIN drain_elsewhere
#include "base.h"

static void* drain(void* pump) {
  on_drain(pump);
  return NULL;
}

static void drain_elsewhere(void* data) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, drain, data) == 0) pthread_join(thread, NULL);
}
