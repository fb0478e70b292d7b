/* What stands around the README's lines in C. */
#include <silex/silex.h>

#include <stdio.h>

silex_status list(void* data, const silex_scope* scope);
void listed(void* data, const silex_completion* completion);
void defer_it(silex_runtime* runtime, void* names);

void defer_it(silex_runtime* runtime, void* names) {
  /* @BLOCK@ */
}
