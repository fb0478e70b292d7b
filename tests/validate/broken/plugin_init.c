/* It writes where nothing is. */
#define INIT crash
#include "base.h"

static silex_status crash(const silex_host* host) {
  (void)host;
  *(volatile int*)8 = 1;
  return SILEX_OK;
}
