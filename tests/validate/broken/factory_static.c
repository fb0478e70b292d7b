/* The factory is made anew for whoever asks. */
#define GET_FACTORY make
#include "base.h"

static const void* make(const char* id) {
  if (strcmp(id, SILEX_ADAPTER_FACTORY) != 0) return NULL;
  silex_adapter_factory* const made = (silex_adapter_factory*)malloc(sizeof *made);
  if (made) memcpy(made, &factory, sizeof *made);
  return made;
}
