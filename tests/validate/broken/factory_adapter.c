/* A plugin for nobody. */
#define GET_FACTORY nothing
#include "base.h"

static const void* nothing(const char* id) {
  (void)id;
  return NULL;
}
