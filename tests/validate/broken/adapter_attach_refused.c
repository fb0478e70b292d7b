/* Where the host refuses, it keeps the pump nevertheless. */
#define ATTACH keep_the_pump
#include "base.h"

static silex_status keep_the_pump(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  if (status != SILEX_OK) pump->retain(pump);
  return status;
}
