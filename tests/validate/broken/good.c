/* Nothing is broken. */
#include "base.h"
