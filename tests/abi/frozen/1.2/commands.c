/* A pack of commands that was written for ABI 1.2, the first that had them. It is never changed: what loads
 * it must go on doing so. */
#include <silex/api.h>
#include <silex/command.h>
#include <silex/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(SILEX_ABI_MAJOR == 1 && SILEX_ABI_MINOR == 2, "built with its own headers");

typedef struct instance {
  const silex_execution* execution; /* of the call that runs */
  bool executed;
} instance;

static void finish(const silex_execution* execution, silex_status status, const char* value,
                   const char* message) {
  execution->end(execution, &(silex_result){sizeof(silex_result), status, value, message, NULL});
}

static void* create(const silex_command* self) {
  (void)self;
  return calloc(1, sizeof(instance));
}
static void destroy(void* data) {
  free(data);
}

/* [main-thread] */
static silex_status in_host(void* data, const silex_scope* scope) {
  (void)scope;
  instance* const self = data;
  const silex_execution* const execution = self->execution;
  execution->log(execution, SILEX_LOG_INFO, "in the host");
  return execution->api->current_thread(execution->runtime) == SILEX_THREAD_MAIN ? SILEX_OK
                                                                                 : SILEX_ERROR_EXCEPTION;
}

/* [loop-thread] */
static void told(void* data, const silex_completion* completion) {
  instance* const self = data;
  if (completion->outcome != SILEX_OUTCOME_VALUE) {
    finish(self->execution, SILEX_ERROR_EXCEPTION, NULL,
           "the call of the host's did not run on its main thread");
    return;
  }
  self->executed = true;
  finish(self->execution, SILEX_OK, self->execution->parameters, NULL);
}

static void execute(void* data, const silex_execution* execution) {
  instance* const self = data;
  self->execution = execution;
  if (execution->size < sizeof *execution || execution->api->size < sizeof *execution->api) {
    finish(execution, SILEX_ERROR_EXCEPTION, NULL, "this runtime is not what ABI 1.2 says");
    return;
  }
  execution->progress(execution, 50);
  if (execution->store(execution, "frozen:told", "[1, 2]") != SILEX_OK ||
      strcmp(execution->stored(execution, "frozen:told"), "[1,2]") != 0 ||
      execution->edit(execution, "{\"label\": \"Frozen\"}") != SILEX_OK) {
    finish(execution, SILEX_ERROR_EXCEPTION, NULL, "store() or edit() is not what ABI 1.2 says");
    return;
  }
  const silex_work work = {.size = sizeof work,
                           .task = execution->task,
                           .name = "in the host",
                           .data = self,
                           .run = in_host,
                           .done = told};
  if (execution->api->defer(execution->runtime, &work, NULL) != SILEX_OK) {
    finish(execution, SILEX_ERROR_EXCEPTION, NULL, execution->api->last_error()->message);
  }
}

static void undo(void* data, const silex_execution* execution) {
  finish(execution, SILEX_OK, ((instance*)data)->executed ? "\"undone\"" : "\"never executed\"", NULL);
  ((instance*)data)->executed = false;
}

static void setup(void* data, const silex_execution* execution) {
  (void)data;
  finish(execution, SILEX_OK, NULL, NULL);
}

static void cancel(void* data, const silex_execution* execution) {
  (void)data, (void)execution; /* the deferred call is withdrawn with its task */
}

static const silex_command greet = {
    sizeof greet,
    "{\"path\": \"frozen.Greet\", \"parameters\": {\"name\": {\"type\": \"str\", \"value\": \"nobody\"}, "
    "\"times\": {\"type\": \"int\", \"value\": 1}}}",
    create,
    destroy,
    execute,
    undo,
    setup,
    cancel};
static const silex_command* const commands[] = {&greet};
static const silex_command_pack pack = {sizeof pack, 1, commands};

static silex_status init(const silex_host* host) {
  return host->size >= sizeof *host ? SILEX_OK : SILEX_ERROR_INIT_FAILED;
}
static silex_status deinit(const silex_host* host) {
  (void)host;
  return SILEX_OK;
}
static const void* get_factory(const char* id) {
  return strcmp(id, SILEX_COMMANDS_FACTORY) == 0 ? &pack : NULL;
}

const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "frozen_commands", "1.2.0", init, deinit,
    get_factory};
