/* It gives up where the host takes more than a while. */
#define _POSIX_C_SOURCE 200809L
#define _GNU_SOURCE
#define WAKE note_the_time
#define ON_DRAIN drain_in_time
#include "base.h"

#include <time.h>

static double asked;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static silex_status note_the_time(void* self) {
  double at = now();
  __atomic_store(&asked, &at, __ATOMIC_SEQ_CST);
  return wake(self);
}

static void drain_in_time(void* data) {
  silex_pump* const pump = (silex_pump*)data;
  double at;
  __atomic_load(&asked, &at, __ATOMIC_SEQ_CST);
  if (now() - at < 1.8) {
    on_drain(data);
    return;
  }
  pump->release(pump);
  __atomic_sub_fetch(&held, 1, __ATOMIC_SEQ_CST);
}
