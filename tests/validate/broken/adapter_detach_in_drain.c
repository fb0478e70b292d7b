/* It uses the pump after the drain, as if it were still attached then. */
#define ATTACH count_attached
#define DETACH count_detached
#define ON_DRAIN drain_and_log
#include "base.h"

static int attached;

static silex_status count_attached(void* self, silex_pump* pump, silex_host_mode* mode) {
  const silex_status status = attach(self, pump, mode);
  if (status == SILEX_OK) ++attached;
  return status;
}

static void count_detached(void* self) {
  --attached;
  detach(self);
}

static void drain_and_log(void* data) {
  silex_pump* const pump = (silex_pump*)data;
  const int was_attached = attached;
  on_drain(data);
  if (was_attached) pump->log(pump, SILEX_LOG_DEBUG, "drained");
}
