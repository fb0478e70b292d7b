/* A host with Silex in it that was written for ABI 1.2, run with today's library, an adapter of 1.0 and a
 * pack of 1.2: program ADAPTER COMMANDS ROOT. It is never changed. */
#include "check.h"
#include "host.h"

#include <silex/silex.h>

#include <stdatomic.h>
#include <string.h>

_Static_assert(SILEX_ABI_MAJOR == 1 && SILEX_ABI_MINOR == 2, "built with its own headers");

typedef struct action {
  atomic_int changes, ends, released;
  silex_action_end end;
  uint64_t run;
  char outputs[256];
  char message[256];
} action;

static void changed(void* data, const char* diff) {
  if (strstr(diff, "\"uuid\"")) ++((action*)data)->changes;
}
static void ended(void* data, const silex_action_outcome* outcome) {
  action* const told = data;
  told->end = outcome->end;
  told->run = outcome->run;
  snprintf(told->outputs, sizeof told->outputs, "%s", outcome->outputs);
  snprintf(told->message, sizeof told->message, "%s %s", outcome->command, outcome->message);
  ++told->ends;
}
static void released(void* data) {
  ++((action*)data)->released;
}
static bool has_ended(void* data) {
  return ((action*)data)->ends == 1;
}
static bool has_ended_again(void* data) {
  return ((action*)data)->ends == 2;
}
static bool is_released(void* data) {
  return ((action*)data)->released == 1;
}

int main(int argc, char** argv) {
  CHECK(argc == 4);
  silex_runtime* runtime = NULL;
  CHECK_OK(silex_runtime_create(NULL, &runtime));
  CHECK_OK(silex_plugin_load(runtime, argv[1], NULL));
  CHECK_OK(silex_plugin_load(runtime, argv[2], NULL));
  CHECK_OK(silex_adapter_choose(runtime, NULL)); /* it knows its host */
  CHECK(strcmp(silex_adapter_name(runtime), "frozen") == 0);
  CHECK_OK(silex_runtime_start(runtime));

  static action told;
  const silex_action_options options = {.size = sizeof options,
                                        .name = "frozen",
                                        .roots = argv[3],
                                        .data = &told,
                                        .on_change = changed,
                                        .on_end = ended,
                                        .release = released};
  silex_id id = 0;
  CHECK_OK(silex_action_open(runtime, &options, &id));
  CHECK_OK(silex_action_set(runtime, id, "first:greet:times", "\"3\"")); /* cast to the parameter's type */
  CHECK_OK(silex_action_execute(runtime, id, 7));
  CHECK(frozen_host_run(has_ended, &told));
  if (told.end != SILEX_ACTION_COMPLETED) fprintf(stderr, "%s\n", told.message);
  CHECK(told.end == SILEX_ACTION_COMPLETED && told.run == 7);
  CHECK(strcmp(told.outputs, "{\"first\":{\"greet\":{\"name\":\"Ada\",\"times\":3}}}") == 0);
  CHECK_OK(silex_action_undo(runtime, id, true, 8));
  CHECK(frozen_host_run(has_ended_again, &told));
  CHECK(told.end == SILEX_ACTION_UNDONE && told.run == 8 && told.changes > 0);
  CHECK_OK(silex_action_close(runtime, id));
  CHECK(frozen_host_run(is_released, &told));

  frozen_host_quit();
  CHECK_OK(silex_runtime_destroy(runtime));
  printf("ABI 1.2: a program, an adapter of 1.0 and a pack of commands run\n");
  return 0;
}
