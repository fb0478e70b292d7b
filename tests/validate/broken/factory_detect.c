/* It starts a thread in whatever process asks it. */
#define DETECT begin_to_watch
#include "base.h"

#include <unistd.h>

static void* watch(void* nothing) {
  for (;;) pause();
  return nothing;
}

static bool begin_to_watch(void) {
  pthread_t thread;
  if (!find_host() && pthread_create(&thread, NULL, watch, NULL) == 0) pthread_detach(thread);
  return detect();
}
