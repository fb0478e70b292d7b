/* It drains as it attaches. */
#define ATTACH attach_and_drain
#include "base.h"

static silex_status attach_and_drain(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  if (status == SILEX_OK && *mode == SILEX_HOST_INTERACTIVE) pump->drain(pump, NULL);
  return status;
}
