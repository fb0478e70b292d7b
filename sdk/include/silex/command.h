/* Commands: what an action's steps run. A pack of them comes from a plugin, as a factory; each command in an
 * action is an instance of its own, so that undo() finds what execute() kept.
 *
 * JSON is UTF-8 text, copied where it is handed in; where it is handed out, it is valid as its comment says.
 */
#ifndef SILEX_COMMAND_H
#define SILEX_COMMAND_H

#include "error.h"
#include "log.h"

SILEX_BEGIN_C

/* The id for silex_plugin_entry.get_factory(). */
#define SILEX_COMMANDS_FACTORY "silex.commands/1"

struct silex_api;
struct silex_execution;

/* How a command, or what it waited for, has ended. Valid during the call. */
typedef struct silex_result {
  uint32_t size;
  silex_status status; /* SILEX_OK; SILEX_ERROR_CANCELLED; any other is a failure */
  const char* value;   /* JSON; NULL: null. Of a command: its output */
  const char* message; /* of a failure: one sentence; NULL: none */
  const char* detail;  /* of a failure: a traceback; NULL: none */
} silex_result;

/* Told once how a prompt or a nested action has ended. [loop-thread] Must not block. */
typedef void (*silex_ended)(void* data, const silex_result* result);

/* One call of execute(), undo() or setup(): what it may ask and say. Valid until its end(). */
typedef struct silex_execution {
  uint32_t size;
  void* impl;                  /* the runtime's */
  const struct silex_api* api; /* for deferred calls, workers and timers */
  silex_runtime* runtime;      /* of which the action is */
  silex_task_id task;          /* on whose behalf they are */
  const char* parameters;      /* a JSON object: the value of each parameter, cast to its type */
  const char* context;         /* a JSON object: the context of the action */
  /* The last call, exactly once. The result of a setup() has no value. [loop-thread] Never blocks. */
  void (*end)(const struct silex_execution* self, const silex_result* result);
  /* A line in the command's log, which users see from SILEX_LOG_INFO up. [any-thread] Never blocks. */
  void (*log)(const struct silex_execution* self, silex_log_level level, const char* message);
  /* How far it is: 0 to 100; below 0: not known. What comes quicker than users are told is passed over.
   * [any-thread] Never blocks. */
  void (*progress)(const struct silex_execution* self, double percent);
  /* Changes how users see the command: {"label", "tooltip", "hide", "hide_parameters", "parameters": {name:
   * {"value", "label", "tooltip", "hide", "type"}}}, all optional; a parameter that is not there is added.
   * [loop-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT: nothing was changed. */
  silex_status (*edit)(const struct silex_execution* self, const char* change);
  /* A value of the action's store, which its commands share: JSON, "null" where there is none; valid until
   * the next call. `key`: names with ":" between them, into what is stored. [loop-thread] Never blocks. */
  const char* (*stored)(const struct silex_execution* self, const char* key);
  /* Stores a value. SILEX_ERROR_INVALID_ARGUMENT where it is no JSON, or where the key leads through
   * something that is no object. [loop-thread] Never blocks. */
  silex_status (*store)(const struct silex_execution* self, const char* key, const char* value);
  /* Asks the user for `parameters`, as edit() has them: only these are shown until the answer is there, whose
   * value is {name: value}. In batch the values that they have are the answer. One at a time. Returns an id
   * for withdraw(). `ended` is called once, perhaps before this returns; with SILEX_ERROR_INVALID_ARGUMENT
   * where what is asked for is wrong. [loop-thread] Never blocks. */
  silex_id (*prompt)(const struct silex_execution* self, const char* parameters, void* data,
                     silex_ended ended);
  /* Runs another action: {"name", "category", "parameters": {path: value}}. The value is {step: {command:
   * output}}. It is undone with this command. As prompt(). */
  silex_id (*run_action)(const struct silex_execution* self, const char* request, void* data,
                         silex_ended ended);
  /* Adds the steps of another action after the present step: {"name", "category", "label", "hide_commands",
   * "parameters": {path: value}}. The value is the names of the steps, as they are here: {name there: name
   * here}. They go when the command is undone or tried again. As prompt(). */
  silex_id (*insert_action)(const struct silex_execution* self, const char* request, void* data,
                            silex_ended ended);
  /* Lets go of a prompt or an action: it ends with SILEX_ERROR_CANCELLED. [loop-thread] Never blocks. */
  void (*withdraw)(const struct silex_execution* self, silex_id id);
  /* Skips the commands of the present step that follow. [loop-thread] Never blocks. */
  void (*exit_step)(const struct silex_execution* self);
} silex_execution;

/* A kind of command. Static storage. No function may let a C++ exception out; all are [loop-thread] and must
 * not block. */
typedef struct silex_command {
  uint32_t size;
  /* A JSON object: {"path": "studio.publish.Export", which definitions name; "aliases": other paths;
   * "ask_user", "hide_parameters": false; "metadata": keys that the action's context must have;
   * "parameters": {name: {"type", "value", "label", "tooltip", "hide"}}, in the order in which they are
   * shown}. All but the path may be left out. */
  const char* declaration;
  /* Makes an instance: one for each command of an action, when it is first called. NULL: there is none, and
   * the others are given NULL. */
  void* (*create)(const struct silex_command* self);
  /* Frees an instance. NULL where create() is. */
  void (*destroy)(void* instance);
  /* Does the command's work. It ends with execution->end(), before or after this returns. */
  void (*execute)(void* instance, const silex_execution* execution);
  /* Takes back what execute() did, also where that failed or was cancelled half-way. NULL: nothing to do. */
  void (*undo)(void* instance, const silex_execution* execution);
  /* Prepares the command: before it runs, and after each answer of the user's, which it may adapt with
   * edit(). NULL: nothing to do. */
  void (*setup)(void* instance, const silex_execution* execution);
  /* The call that runs is no longer wanted: it should end soon, with SILEX_ERROR_CANCELLED. At most once for
   * each call. NULL: it can't be cut short. */
  void (*cancel)(void* instance, const silex_execution* execution);
} silex_command;

/* What silex_plugin.get_factory(SILEX_COMMANDS_FACTORY) returns. Static storage. */
typedef struct silex_command_pack {
  uint32_t size;
  uint32_t count;                       /* of commands */
  const silex_command* const* commands; /* their addresses */
} silex_command_pack;

SILEX_END_C

#endif
