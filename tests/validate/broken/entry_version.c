/* For another major. */
#define ENTRY_MAJOR 2
#include "base.h"
