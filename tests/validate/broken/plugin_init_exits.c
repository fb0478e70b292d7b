/* It ends the process as if all were well. */
#define INIT leave
#include "base.h"

static silex_status leave(const silex_host* host) {
  (void)host;
  exit(0);
}
