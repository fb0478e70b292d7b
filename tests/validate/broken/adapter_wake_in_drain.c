/* It clears its flag after the drain instead of before: what is asked for meanwhile is lost. */
#define WAKE once
#define ON_DRAIN drain_and_clear
#include "base.h"

static int is_asked;

static silex_status once(void* self) {
  if (__atomic_exchange_n(&is_asked, 1, __ATOMIC_SEQ_CST)) return SILEX_OK;
  return wake(self);
}

static void drain_and_clear(void* data) {
  on_drain(data);
  __atomic_store_n(&is_asked, 0, __ATOMIC_SEQ_CST);
}
