/* Its entry is hidden, by the options with which it is linked. */
#include "base.h"
