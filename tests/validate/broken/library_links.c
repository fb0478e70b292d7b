/* It is linked with a Python. */
#include "base.h"

extern int Py_of_nobody(void);
extern int (*const uses_python)(void);
__attribute__((visibility("hidden"))) int (*const uses_python)(void) = Py_of_nobody;
