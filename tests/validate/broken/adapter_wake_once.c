/* It asks twice, to be sure. */
#define WAKE twice
#include "base.h"

static silex_status twice(void* self) {
  wake(self);
  return wake(self);
}
