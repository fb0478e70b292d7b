/* Once it was woken, it is busy for ever. */
#define WAKE wake_for_ever
#include "base.h"

static silex_status wake_for_ever(void* self) {
  static int was_woken;
  if (!__atomic_exchange_n(&was_woken, 1, __ATOMIC_SEQ_CST)) __atomic_add_fetch(&held, 1, __ATOMIC_SEQ_CST);
  return wake(self);
}
