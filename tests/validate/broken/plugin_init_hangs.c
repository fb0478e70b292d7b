/* It never comes back. */
#define INIT hang
#include "base.h"

#include <unistd.h>

static silex_status hang(const silex_host* host) {
  (void)host;
  while (pause() != 0) continue;
  return SILEX_OK;
}
