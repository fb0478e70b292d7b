/* It can be attached but once. */
#define ATTACH only_once
#include "base.h"

static silex_status only_once(void* self, silex_pump* pump, silex_host_mode* mode) {
  struct instance* const me = (struct instance*)self;
  if (me->number++ == 0) return attach(self, pump, mode);
  set_error("it was attached before");
  return SILEX_ERROR_ADAPTER_FAILED;
}
