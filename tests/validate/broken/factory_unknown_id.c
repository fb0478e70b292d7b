/* The same for whoever asks. */
#define GET_FACTORY always
#include "base.h"

static const void* always(const char* id) {
  (void)id;
  return &factory;
}
