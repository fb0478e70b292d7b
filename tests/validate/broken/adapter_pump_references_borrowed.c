/* What the host holds has no reference of its own. */
#define WAKE borrow
#include "base.h"

static void drain_borrowed(void* data) {
  silex_pump* const pump = (silex_pump*)data;
  pump->drain(pump, NULL);
  __atomic_sub_fetch(&held, 1, __ATOMIC_SEQ_CST);
}

static silex_status borrow(void* self) {
  __atomic_add_fetch(&held, 1, __ATOMIC_SEQ_CST);
  find_host()->post(drain_borrowed, ((struct instance*)self)->pump);
  return SILEX_OK;
}
