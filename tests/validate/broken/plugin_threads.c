/* It leaves a thread behind. */
#define ATTACH attach_with_thread
#include "base.h"

#include <unistd.h>

static void* watch(void* nothing) {
  for (;;) pause();
  return nothing;
}

static silex_status attach_with_thread(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  pthread_t thread;
  if (status == SILEX_OK && pthread_create(&thread, NULL, watch, NULL) == 0) pthread_detach(thread);
  return status;
}
