/* As if it were an older one than the first. */
#define ADAPTER_SIZE offsetof(silex_adapter, destroy)
#include "base.h"
