/* A name of its own, which another library may have, too, is seen by all. */
#include "base.h"

SILEX_EXPORT int crc32_of_ours(void);
int crc32_of_ours(void) {
  return 0;
}
