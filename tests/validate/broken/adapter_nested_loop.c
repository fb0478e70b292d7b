/* While it drains, it puts off what comes. */
#define ON_DRAIN drain_one_at_a_time
#include "base.h"

static int is_draining;

static void drain_one_at_a_time(void* data) {
  if (is_draining) {
    find_host()->post(drain_one_at_a_time, data);
    return;
  }
  is_draining = 1;
  on_drain(data);
  is_draining = 0;
}
