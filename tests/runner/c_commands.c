/* A pack of commands in C11: one command that uses all that an execution has. */
#include <silex/silex.h>

#include <stdlib.h>
#include <string.h>

struct instance {
  const silex_execution* execution;
  silex_id withdrawn;
};

static void finish(const silex_execution* execution, silex_status status, const char* value,
                   const char* message) {
  const silex_result result = {
      .size = sizeof result, .status = status, .value = value, .message = message, .detail = "in C"};
  execution->end(execution, &result);
}

static void inserted(void* data, const silex_result* result) {
  struct instance* const instance = data;
  const silex_execution* const execution = instance->execution;
  if (result->status != SILEX_OK) {
    finish(execution, result->status, NULL, result->message);
    return;
  }
  const char* const stored = execution->stored(execution, "c:told");
  finish(execution, SILEX_OK, strcmp(stored, "{\"deep\":1}") == 0 ? result->value : "\"store is wrong\"",
         NULL);
}

static void ran(void* data, const silex_result* result) {
  struct instance* const instance = data;
  const silex_execution* const execution = instance->execution;
  if (result->status != SILEX_OK) {
    finish(execution, result->status, NULL, result->message);
    return;
  }
  execution->insert_action(execution, "{\"name\": \"inner\", \"label\": \"From C\"}", instance, inserted);
}

static void withdrawn(void* data, const silex_result* result) {
  struct instance* const instance = data;
  const silex_execution* const execution = instance->execution;
  if (result->status != SILEX_ERROR_CANCELLED) {
    finish(execution, SILEX_ERROR_EXCEPTION, NULL, "a prompt that is withdrawn is not cancelled");
    return;
  }
  execution->run_action(execution, "{\"name\": \"inner\"}", instance, ran);
}

static void execute(void* data, const silex_execution* execution) {
  struct instance* const instance = data;
  instance->execution = execution;
  execution->log(execution, SILEX_LOG_INFO, execution->parameters);
  execution->progress(execution, 50);
  execution->progress(execution, -1);
  if (execution->edit(execution, "{\"label\": \"Edited in C\"}") != SILEX_OK ||
      execution->edit(execution, "{\"label\": 5}") != SILEX_ERROR_INVALID_ARGUMENT ||
      execution->store(execution, "c:told", "{\"deep\": 1}") != SILEX_OK ||
      execution->store(execution, "c:told:deep:er", "1") != SILEX_ERROR_INVALID_ARGUMENT ||
      execution->store(execution, "c", "{") != SILEX_ERROR_INVALID_ARGUMENT) {
    finish(execution, SILEX_ERROR_EXCEPTION, NULL, "edit() or store() is wrong");
    return;
  }
  execution->exit_step(execution);
  instance->withdrawn = execution->prompt(execution, "{\"name\": {\"type\": \"str\"}}", instance, withdrawn);
  execution->withdraw(execution, instance->withdrawn);
}

static void undo(void* data, const silex_execution* execution) {
  (void)data;
  execution->api->log(execution->runtime, SILEX_LOG_INFO, "undo c");
  finish(execution, SILEX_OK, NULL, NULL);
}

static void setup(void* data, const silex_execution* execution) {
  (void)data;
  finish(execution, SILEX_OK, NULL, NULL);
}

static void cancel(void* data, const silex_execution* execution) {
  (void)data;
  finish(execution, SILEX_ERROR_CANCELLED, NULL, NULL);
}

static void* create(const silex_command* self) {
  return strstr(self->declaration, "c.All") ? calloc(1, sizeof(struct instance)) : NULL;
}

static const silex_command all = {
    sizeof all, "{\"path\": \"c.All\", \"parameters\": {\"text\": {\"type\": \"str\", \"value\": \"x\"}}}",
    create,     free,
    execute,    undo,
    setup,      cancel};
/* It ends when it is told to. */
static void wait_for_cancel(void* data, const silex_execution* execution) {
  (void)data;
  execution->api->log(execution->runtime, SILEX_LOG_INFO, "waits");
}
static const silex_command waiting = {
    sizeof waiting, "{\"path\": \"c.Wait\"}", NULL, NULL, wait_for_cancel, NULL, NULL, cancel};

static const silex_command* const commands[] = {&all, &waiting};
static const silex_command_pack pack = {sizeof pack, 2, commands};

static silex_status fine(const silex_host* host) {
  (void)host;
  return SILEX_OK;
}
static const void* factory(const char* id) {
  return strcmp(id, SILEX_COMMANDS_FACTORY) == 0 ? &pack : NULL;
}
const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "c", "1.0", fine, fine, factory};
