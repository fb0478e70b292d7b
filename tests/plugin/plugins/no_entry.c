/* A library like any other: it exports something, but no entry. */
#include <silex/abi.h>

SILEX_EXPORT int answer(void) {
  return 42;
}
