/* It tells nobody of the host's end. */
#define ON_QUIT ignore
#include "base.h"

static void ignore(void* data) {
  (void)data;
}
