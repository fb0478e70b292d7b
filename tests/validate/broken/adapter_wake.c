/* It asks nobody. */
#define WAKE promise
#include "base.h"

static silex_status promise(void* self) {
  (void)self;
  return SILEX_OK;
}
