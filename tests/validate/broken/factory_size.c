/* Its size was forgotten. */
#define FACTORY_SIZE 0
#include "base.h"
