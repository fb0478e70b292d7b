/* It has no version. */
#define ENTRY_VERSION NULL
#include "base.h"
