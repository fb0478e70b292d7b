/* It takes every host for one with a main loop. */
#define ATTACH interactive
#include "base.h"

static silex_status interactive(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  *mode = SILEX_HOST_INTERACTIVE;
  return status;
}
