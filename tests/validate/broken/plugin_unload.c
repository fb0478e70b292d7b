/* It lets its code go while the host holds a callback. */
#define DEINIT let_go
#include "base.h"

static silex_status let_go(const silex_host* host) {
  deinit(host);
  return SILEX_OK;
}
