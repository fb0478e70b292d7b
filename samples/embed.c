/* libsilex embedded in a C11 program: this thread is the host's main thread, and pumps. */
#include <silex/silex.h>

#include <stdatomic.h>
#include <stdio.h>

typedef struct listing {
  int names;
  atomic_bool told;
} listing;

/* [main-thread] */
static silex_status list(void* data, const silex_scope* scope) {
  if (scope->stop_requested(scope)) return SILEX_ERROR_CANCELLED;
  ((listing*)data)->names = 3;
  return SILEX_OK;
}

/* [loop-thread] */
static void listed(void* data, const silex_completion* completion) {
  listing* result = data;
  if (completion->outcome == SILEX_OUTCOME_VALUE) {
    printf("the scene has %d names\n", result->names);
  } else {
    printf("no names: %s\n", completion->error->message);
  }
  atomic_store(&result->told, true);
}

static bool is_told(void* data) {
  return atomic_load(&((listing*)data)->told);
}

int main(void) {
  silex_runtime* runtime = NULL;
  listing result = {0};
  silex_work work = {
      .size = sizeof work, .name = "list the scene", .data = &result, .run = list, .done = listed};
  if (silex_runtime_create(NULL, &runtime) != SILEX_OK || silex_runtime_start(runtime) != SILEX_OK ||
      silex_defer(runtime, &work, NULL) != SILEX_OK ||
      silex_pump_until(runtime, is_told, &result, SILEX_NONE) != SILEX_OK) {
    fprintf(stderr, "embed: %s\n", silex_last_error()->message);
    silex_runtime_destroy(runtime);
    return 1;
  }
  return silex_runtime_destroy(runtime) == SILEX_OK ? 0 : 1;
}
