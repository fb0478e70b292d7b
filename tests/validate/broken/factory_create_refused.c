/* It does not say why. */
#define CREATE say_nothing
#include "base.h"

static const silex_adapter* say_nothing(void) {
  return find_host() ? create() : NULL;
}
