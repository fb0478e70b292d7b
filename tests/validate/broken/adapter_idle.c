/* It has itself called again and again, to see whether there is something to do. */
#define ATTACH attach_and_spin
#include "base.h"

static void spin(void* data) {
  silex_pump* const pump = (silex_pump*)data;
  if (pump->drain(pump, NULL) == SILEX_OK) {
    find_host()->post(spin, pump);
    return;
  }
  pump->release(pump);
  __atomic_sub_fetch(&held, 1, __ATOMIC_SEQ_CST);
}

static silex_status attach_and_spin(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  if (status != SILEX_OK || *mode == SILEX_HOST_BATCH) return status;
  pump->retain(pump);
  __atomic_add_fetch(&held, 1, __ATOMIC_SEQ_CST);
  find_host()->post(spin, pump);
  return status;
}
