/* It says no while another one is on its way. */
#define WAKE once
#define ON_DRAIN drain_and_clear
#include "base.h"

static int is_asked;

static silex_status once(void* self) {
  if (__atomic_exchange_n(&is_asked, 1, __ATOMIC_SEQ_CST)) return SILEX_ERROR_BUSY;
  return wake(self);
}

static void drain_and_clear(void* data) {
  __atomic_store_n(&is_asked, 0, __ATOMIC_SEQ_CST);
  on_drain(data);
}
