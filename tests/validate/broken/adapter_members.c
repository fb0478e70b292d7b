/* It can't be woken. */
#define CREATE without_wake
#include "base.h"

static const silex_adapter* without_wake(void) {
  struct instance* const me = (struct instance*)create();
  if (me) me->functions.wake = NULL;
  return me ? &me->functions : NULL;
}
