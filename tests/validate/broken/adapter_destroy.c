/* It frees what only attach() makes. */
#define ATTACH attach_with_memory
#define DESTROY free_memory
#include "base.h"

static char* memory;

static silex_status attach_with_memory(void* self, silex_pump* pump, silex_host_mode* mode) {
  if (!memory) memory = (char*)calloc(1, 16);
  return attach(self, pump, mode);
}

static void free_memory(void* self) {
  ((volatile char*)memory)[8] = 1;
  destroy(self);
}
