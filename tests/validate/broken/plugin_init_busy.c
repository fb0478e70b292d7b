/* It is always busy, even right after init(). */
#define DEINIT stay
#include "base.h"

static silex_status stay(const silex_host* host) {
  deinit(host);
  return SILEX_ERROR_PLUGIN_BUSY;
}
