/* silex/action.h, with commands that are built in */
#include "cases.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct told {
  silex_runtime* runtime;
  struct latch changes;
  struct latch ends;
  struct latch released;
  silex_action_end end;
  uint64_t run;
  char command[64];
  char message[256];
  char outputs[512];
};

static void changed(void* data, const char* diff) {
  struct told* const told = data;
  CHECK(silex_current_thread(told->runtime) == SILEX_THREAD_LOOP && strstr(diff, "\"uuid\""));
  latch_add(&told->changes);
}

static void ended(void* data, const silex_action_outcome* outcome) {
  struct told* const told = data;
  CHECK(silex_current_thread(told->runtime) == SILEX_THREAD_LOOP);
  told->end = outcome->end;
  told->run = outcome->run;
  snprintf(told->command, sizeof told->command, "%s", outcome->command);
  snprintf(told->message, sizeof told->message, "%s", outcome->message);
  snprintf(told->outputs, sizeof told->outputs, "%s", outcome->outputs);
  latch_add(&told->ends);
}

static void released(void* data) {
  latch_add(&((struct told*)data)->released);
}

static void write_definition(const char* folder, const char* name, const char* text) {
  char path[256];
  snprintf(path, sizeof path, "%s/action", folder);
  mkdir(path, 0700);
  snprintf(path, sizeof path, "%s/action/%s.yml", folder, name);
  FILE* const file = fopen(path, "w");
  if (!CHECK(file != NULL)) return;
  fputs(text, file);
  fclose(file);
}

static void remove_definition(const char* folder, const char* name) {
  char path[256];
  snprintf(path, sizeof path, "%s/action/%s.yml", folder, name);
  unlink(path);
}

/* Opened, run, undone, closed; and what it says in between. */
static void life_of_an_action(silex_runtime* runtime, const char* folder, struct told* told) {
  silex_action_options options = {.size = sizeof options,
                                  .name = "pass",
                                  .roots = folder,
                                  .context = "{\"project\": \"north\"}",
                                  .data = told,
                                  .on_change = changed,
                                  .on_end = ended,
                                  .release = released};
  silex_id action = 0;
  CHECK_OK(silex_action_open(runtime, &options, &action));
  CHECK_OK(silex_action_set(runtime, action, "step:a:input", "[1, 2]"));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "no JSON", silex_action_set(runtime, action, "input", "[1"));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "no parameter 'nobody'",
               silex_action_set(runtime, action, "nobody", "1"));
  CHECK_OK(silex_action_skip(runtime, action, "step:c"));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "no command 'x'", silex_action_skip(runtime, action, "x"));
  CHECK_OK(silex_action_execute(runtime, action, 7));
  latch_wait(&told->ends, 1);
  CHECK(told->end == SILEX_ACTION_COMPLETED && told->run == 7 && told->message[0] == '\0');
  CHECK(strcmp(told->outputs, "{\"step\":{\"a\":[1,2],\"b\":[1,2]}}") == 0);
  CHECK(latch_count(&told->changes) >= 2);

  char text[4096];
  uint64_t length = 0;
  CHECK_OK(silex_action_read(runtime, action, text, sizeof text, &length));
  CHECK(length == strlen(text) && strstr(text, "\"project\":\"north\""));
  CHECK_OK(silex_action_read(runtime, action, text, 2, NULL));
  CHECK(strcmp(text, "{") == 0);

  CHECK_OK(silex_action_undo(runtime, action, true, 8));
  latch_wait(&told->ends, 2);
  CHECK(told->end == SILEX_ACTION_UNDONE && told->run == 8 && strcmp(told->outputs, "{}") == 0);
  CHECK_OK(silex_action_close(runtime, action));
  latch_wait(&told->released, 1);
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no such action", silex_action_close(runtime, action));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "no such action", silex_action_execute(runtime, action, 1));
}

/* Waits for a user, is answered, paused and cancelled. */
static void wishes_of_users(silex_runtime* runtime, const char* folder, struct told* told) {
  silex_action_options options = {.size = sizeof options,
                                  .flags = SILEX_ACTION_STEP_BY_STEP,
                                  .name = "wait",
                                  .roots = folder,
                                  .data = told,
                                  .on_end = ended};
  silex_id action = 0;
  CHECK_OK(silex_action_open(runtime, &options, &action));
  CHECK_OK(silex_action_execute(runtime, action, 9));
  CHECK_STATUS(SILEX_ERROR_BUSY, "runs already", silex_action_execute(runtime, action, 10));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "the answer", silex_action_answer(runtime, action, "[]"));
  CHECK_OK(silex_action_answer(runtime, action, "{}"));
  CHECK_OK(silex_action_pause(runtime, action));
  CHECK_OK(silex_action_resume(runtime, action));
  CHECK_OK(silex_action_cancel(runtime, action));
  latch_wait(&told->ends, 3);
  CHECK(told->end == SILEX_ACTION_CANCELLED && told->run == 9);
  CHECK_OK(silex_action_close(runtime, action));
}

static void what_is_refused(silex_runtime* runtime, const char* folder) {
  silex_action_options options = {.size = sizeof options, .name = "wrong", .roots = folder};
  silex_id action = 0;
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "silex.Pas", silex_action_open(runtime, &options, &action));
  CHECK(strstr(silex_last_error()->detail, "wrong.yml:5:") != NULL);
  options.name = "nowhere";
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "no action 'nowhere'",
               silex_action_open(runtime, &options, &action));
  options.name = NULL;
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "name", silex_action_open(runtime, &options, &action));
  options.name = "pass";
  options.flags = 1u << 20;
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "silex_action_options",
               silex_action_open(runtime, &options, &action));
  options.flags = 0;
  options.session = 5;
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "silex_session_begin()", silex_action_open(runtime, &options, &action));
  options.session = 0;
  options.context = "north";
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "context", silex_action_open(runtime, &options, &action));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "without it", silex_action_open(runtime, &options, NULL));
  char text[16384];
  CHECK_OK(silex_commands_read(runtime, text, sizeof text, NULL));
  CHECK(strstr(text, "\"silex.Copy\"") != NULL);
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "runtime", silex_commands_read(NULL, text, sizeof text, NULL));
}

static void find_missing(void* data, const char* path) {
  CHECK(strcmp(path, "own.Late") == 0);
  latch_add(data);
}

static void run_own(void* instance, const silex_execution* execution) {
  CHECK(instance == NULL && strstr(execution->parameters, "\"word\"") != NULL);
  const silex_result result = {.size = sizeof result, .status = SILEX_OK, .value = "\"own output\""};
  execution->end(execution, &result);
}

/* Commands of the program's own, added while the runtime runs. */
static void commands_of_the_program(silex_runtime* runtime, const char* folder, struct told* told) {
  static const silex_command own = {
      .size = sizeof own,
      .declaration =
          "{\"path\": \"own.Say\", \"parameters\": {\"word\": {\"type\": \"str\", \"value\": \"hello\"}}}",
      .execute = run_own};
  static const silex_command* const listed[] = {&own};
  static const silex_command_pack pack = {.size = sizeof pack, .count = 1, .commands = listed};
  struct latch asked = LATCH;
  CHECK_OK(silex_commands_on_missing(runtime, find_missing, &asked));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "name of the pack", silex_commands_add(runtime, NULL, &pack));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "pack of commands", silex_commands_add(runtime, "own", NULL));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "'own'", silex_commands_remove(runtime, "own"));
  CHECK_OK(silex_commands_add(runtime, "own", &pack));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "another command has this path",
               silex_commands_add(runtime, "other", &pack));
  silex_action_options options = {
      .size = sizeof options, .name = "own", .roots = folder, .data = told, .on_end = ended};
  silex_id action = 0;
  CHECK_OK(silex_action_open(runtime, &options, &action));
  CHECK_OK(silex_commands_remove(runtime, "own")); /* it keeps what it knows */
  CHECK_OK(silex_action_execute(runtime, action, 11));
  latch_wait(&told->ends, 4);
  CHECK(told->end == SILEX_ACTION_COMPLETED && strstr(told->outputs, "own output") != NULL);
  CHECK_OK(silex_action_close(runtime, action));
  options.name = "late";
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "own.Late", silex_action_open(runtime, &options, &action));
  latch_wait(&asked, 1);
  CHECK_OK(silex_commands_on_missing(runtime, NULL, NULL));
}

void actions(void) {
  char folder[] = "/tmp/silex_actions_XXXXXX";
  if (!CHECK(mkdtemp(folder) != NULL)) return;
  write_definition(folder, "pass",
                   "pass:\n  steps:\n    step:\n      commands:\n"
                   "        a: {path: silex.Pass}\n"
                   "        b: {path: silex.Pass, parameters: {input: !command-output 'step:a'}}\n"
                   "        c: {path: silex.Pass}\n");
  write_definition(folder, "wait",
                   "wait:\n  steps:\n    step:\n      commands:\n"
                   "        a: {path: silex.Wait, parameters: {seconds: 1000}}\n");
  write_definition(folder, "own", "own:\n  steps:\n    step:\n      commands:\n        a: {path: own.Say}\n");
  write_definition(folder, "late",
                   "late:\n  steps:\n    step:\n      commands:\n        a: {path: own.Late}\n");
  write_definition(folder, "wrong",
                   "wrong:\n  steps:\n    step:\n      commands:\n        a: {path: silex.Pas}\n");
  struct told told = {.changes = LATCH, .ends = LATCH, .released = LATCH};
  silex_runtime* const runtime = told.runtime = started(NULL);
  life_of_an_action(runtime, folder, &told);
  wishes_of_users(runtime, folder, &told);
  commands_of_the_program(runtime, folder, &told);
  what_is_refused(runtime, folder);
  destroy(runtime);
  for (size_t i = 0; i < 5; ++i) {
    remove_definition(folder, (const char*[]){"pass", "wait", "own", "late", "wrong"}[i]);
  }
  char sub[64];
  snprintf(sub, sizeof sub, "%s/action", folder);
  rmdir(sub);
  rmdir(folder);
}
