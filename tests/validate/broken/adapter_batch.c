/* It asks to be drained in a batch host, too. */
#define ATTACH attach_and_ask
#include "base.h"

static silex_status attach_and_ask(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  if (status == SILEX_OK && *mode == SILEX_HOST_BATCH) ask(pump);
  return status;
}
