/* It finds something missing, wherever it is. */
#define ATTACH never
#include "base.h"

static silex_status never(void* self, silex_pump* pump, silex_host_mode* mode) {
  (void)self;
  (void)pump;
  (void)mode;
  set_error("there are no timers");
  return SILEX_ERROR_ADAPTER_FAILED;
}
