/* A C11 program that uses all of the C ABI, as an embedder would. Runs the case that its first argument
 * names; the second one is the folder of the plugins. */
#include "cases.h"
#include "check.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
  const char* name;
  void (*run)(void);
  void (*run_with_plugins)(const char* folder);
} cases[] = {{"life_of_a_runtime", life_of_a_runtime, NULL},
             {"errors_and_names", errors_and_names, NULL},
             {"fork_of_the_process", fork_of_the_process, NULL},
             {"deferred_calls", deferred_calls, NULL},
             {"outcomes", outcomes, NULL},
             {"call_and_wait", call_and_wait, NULL},
             {"workers", workers, NULL},
             {"pump", pump, NULL},
             {"posts_and_timers", posts_and_timers, NULL},
             {"tasks", tasks, NULL},
             {"log_events_and_metrics", log_events_and_metrics, NULL},
             {"plugins", NULL, plugins},
             {"adapters", NULL, adapters},
             {"api_table", api_table, NULL},
             {"invalid_arguments", invalid_arguments, NULL},
             {"wrong_moments", wrong_moments, NULL},
             {"connections", connections, NULL},
             {"sessions", sessions, NULL},
             {"talk_with_a_service", talk_with_a_service, NULL},
             {"actions", actions, NULL}};

int main(int count, char** arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: %s CASE FOLDER_OF_PLUGINS\n", arguments[0]);
    return 2;
  }
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
    if (strcmp(cases[i].name, arguments[1]) != 0) continue;
    if (cases[i].run) {
      cases[i].run();
    } else {
      cases[i].run_with_plugins(arguments[2]);
    }
    return checks_failed() == 0 ? 0 : 1;
  }
  fprintf(stderr, "there is no case '%s'\n", arguments[1]);
  return 2;
}
