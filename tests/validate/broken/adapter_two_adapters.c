/* It keeps the pump in a variable, as if there were but one. */
#define ATTACH remember
#define WAKE wake_the_last
#include "base.h"

static silex_pump* last;

static silex_status remember(void* self, silex_pump* pump, silex_host_mode* mode) {
  last = pump;
  return attach(self, pump, mode);
}

static silex_status wake_the_last(void* self) {
  (void)self;
  return ask(last);
}
