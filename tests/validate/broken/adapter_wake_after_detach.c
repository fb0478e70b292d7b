/* It goes on asking for a long time, though the pump says that the host is gone. */
#define ON_DRAIN drain_and_go_on
#include "base.h"

static int late;

static void drain_and_go_on(void* data) {
  silex_pump* const pump = (silex_pump*)data;
  if (pump->drain(pump, NULL) != SILEX_OK && ++late < 50) {
    find_host()->post(drain_and_go_on, pump);
    return;
  }
  late = 0;
  pump->release(pump);
  __atomic_sub_fetch(&held, 1, __ATOMIC_SEQ_CST);
}
