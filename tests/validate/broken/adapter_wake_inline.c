/* On the main thread it drains at once. */
#define ATTACH remember
#define WAKE at_once
#include "base.h"

static pthread_t main_thread;

static silex_status remember(void* self, silex_pump* pump, silex_host_mode* mode) {
  main_thread = pthread_self();
  return attach(self, pump, mode);
}

static silex_status at_once(void* self) {
  if (!pthread_equal(pthread_self(), main_thread)) return wake(self);
  silex_pump* const pump = ((struct instance*)self)->pump;
  pump->retain(pump);
  pump->drain(pump, NULL);
  pump->release(pump);
  return SILEX_OK;
}
