/* It leaves the mode as it was. */
#define ATTACH without_mode
#include "base.h"

static silex_status without_mode(void* self, silex_pump* pump, silex_host_mode* mode) {
  (void)mode;
  silex_host_mode not_told;
  return attach(self, pump, &not_told);
}
