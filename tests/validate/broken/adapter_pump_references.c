/* It retains the pump twice, and releases it once. */
#define ATTACH retain_twice
#include "base.h"

static silex_status retain_twice(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  if (status == SILEX_OK) pump->retain(pump);
  return status;
}
