/* It has no title. */
#define FACTORY_TITLE NULL
#include "base.h"
