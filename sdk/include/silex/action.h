/* Actions: a definition in YAML, run command by command on the loop, as many at once as you like. The service
 * and its users see each of them through a session (session.h), and answer, cancel and undo there.
 *
 * JSON is UTF-8 text, copied where it is handed in, valid during the call where it is handed out.
 *
 * Beside the errors that it names, each function here has those of a runtime that can't be reached:
 * SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_HOST_GONE and SILEX_ERROR_FORKED,
 * but for silex_commands_*(), which work before the start, too. */
#ifndef SILEX_ACTION_H
#define SILEX_ACTION_H

#include "command.h"

SILEX_BEGIN_C

enum {
  /* Nobody is asked: a value that is missing makes its command invalid. The action is not shown to users. */
  SILEX_ACTION_BATCH = 1u << 0,
  /* Pauses after each command; silex_action_resume() goes on with the next one. */
  SILEX_ACTION_STEP_BY_STEP = 1u << 1,
  /* Users see its steps, but no command. */
  SILEX_ACTION_SIMPLIFY = 1u << 2
};

/* Why an action has come to rest. */
typedef enum silex_action_end {
  SILEX_ACTION_COMPLETED = 1, /* its last command has ended */
  SILEX_ACTION_FAILED = 2,    /* a command ended with an error, or can't be run; execute() tries it again */
  SILEX_ACTION_CANCELLED = 3, /* by silex_action_cancel(), by a user, or because the runtime stops */
  SILEX_ACTION_UNDONE = 4     /* silex_action_undo() has done what it was asked for */
} silex_action_end;

/* How an action has come to rest. Valid during the call. */
typedef struct silex_action_outcome {
  uint32_t size;
  silex_action_end end; /* why */
  uint64_t run;         /* what silex_action_execute() or silex_action_undo() was given; 0: a user's wish */
  const char* command;  /* "step:command" that failed; "" with the other ends; never NULL */
  const char* message;  /* why it failed, one sentence; "" with the other ends; never NULL */
  const char* detail;   /* a traceback; "" if there is none; never NULL */
  const char* outputs;  /* JSON: {step: {command: output}} of all that have completed */
} silex_action_outcome;

/* Copied by silex_action_open(). */
typedef struct silex_action_options {
  uint32_t size;
  uint32_t flags;       /* SILEX_ACTION_* */
  const char* name;     /* the action's; not NULL */
  const char* category; /* default: "action" */
  const char* roots;    /* folders of definitions, separated as in PATH; default: SILEX_ACTION_CONFIG */
  silex_id session;     /* the connection whose session shows it to users; 0: nobody sees it */
  const char* context;  /* a JSON object; default: the session's, or an empty one */
  void* data;           /* handed to the functions, which may be NULL */
  /* What changed, as the service is told: a diff to merge, at most every 10 ms. First of all comes the whole
   * action, which alone has a "name"; and again where something went that no diff takes away, such as a key
   * of a value: it replaces what was known. [loop-thread] Must not block. */
  void (*on_change)(void* data, const char* diff);
  /* The action has come to rest: once for each execute() and undo(), after on_change has told all of it.
   * [loop-thread] Must not block. */
  void (*on_end)(void* data, const silex_action_outcome* outcome);
  /* The last call. None where the action could not be opened. [loop-thread] */
  void (*release)(void* data);
} silex_action_options;

/* Loads an action, and shows it to the users of its session. Close it with silex_action_close(). [any-thread]
 * Reads files. SILEX_ERROR_INVALID_ARGUMENT, also where the definition is wrong: the detail of the error has
 * a line for each finding, with file, line and what is allowed. SILEX_ERROR_NOT_FOUND without that session.
 * SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_HOST_GONE, SILEX_ERROR_FORKED, SILEX_ERROR_OUT_OF_MEMORY. */
SILEX_API silex_status silex_action_open(silex_runtime* runtime, const silex_action_options* options,
                                         silex_id* action);

/* Ends it: what runs is cancelled, the service forgets the action. `release` follows. [any-thread] Never
 * blocks. SILEX_ERROR_NOT_FOUND, as with all that follow where there is no such action. */
SILEX_API silex_status silex_action_close(silex_runtime* runtime, silex_id action);

/* Sets the parameter at "[step:[command:]]name" to a JSON value, cast to its type. [any-thread] Never blocks.
 * SILEX_ERROR_INVALID_ARGUMENT where there is no such parameter, or the value does not fit. */
SILEX_API silex_status silex_action_set(silex_runtime* runtime, silex_id action, const char* parameter,
                                        const char* value);

/* Runs its commands from the first that has not completed on; on_end tells the end, with `run`, which is a
 * number of the caller's. [any-thread] Never blocks. SILEX_ERROR_BUSY where it runs already. */
SILEX_API silex_status silex_action_execute(silex_runtime* runtime, silex_id action, uint64_t run);

/* Takes back the last command that ran, or with `all` every one, after what runs has been cancelled. on_end
 * tells the end, with `run`. [any-thread] Never blocks. */
SILEX_API silex_status silex_action_undo(silex_runtime* runtime, silex_id action, bool all, uint64_t run);

/* Stops before the next command. [any-thread] Never blocks. */
SILEX_API silex_status silex_action_pause(silex_runtime* runtime, silex_id action);

/* Goes on after a pause. [any-thread] Never blocks. */
SILEX_API silex_status silex_action_resume(silex_runtime* runtime, silex_id action);

/* Cancels what runs: deferred calls are withdrawn, those that run are asked to stop. Nothing where it is at
 * rest. [any-thread] Never blocks. */
SILEX_API silex_status silex_action_cancel(silex_runtime* runtime, silex_id action);

/* Skips the command "[step:]command", which counts as completed; one that waits for the user, too.
 * [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT where there is none, or where it has begun. */
SILEX_API silex_status silex_action_skip(silex_runtime* runtime, silex_id action, const char* command);

/* What a user answers to the prompt that it waits with: a diff of the action, {"steps": {step: {"commands":
 * {command: {"parameters": {name: {"value": ...}}}}}}}. A value that is a mapping is merged, key by key, with
 * the one that is there. [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT where it is no object.
 * Values that do not fit are logged, and change nothing. */
SILEX_API silex_status silex_action_answer(silex_runtime* runtime, silex_id action, const char* diff);

/* The whole action, as the service has it, hidden parts excepted: JSON, written as by
 * silex_session_context(). [any-thread] Never blocks for long. */
SILEX_API silex_status silex_action_read(silex_runtime* runtime, silex_id action, char* text, uint64_t size,
                                         uint64_t* length);

/* The commands that actions may name, those built in and those of the loaded plugins: a JSON array of their
 * declarations, written as by silex_session_context(). [any-thread] Never blocks for long. */
SILEX_API silex_status silex_commands_read(silex_runtime* runtime, char* text, uint64_t size,
                                           uint64_t* length);

/* Adds commands of the program's own, for actions that are opened from now on, also while the runtime runs. A
 * name may be used for several packs. What `commands` points to must live as long as the runtime.
 * [any-thread] Never blocks for long. SILEX_ERROR_INVALID_ARGUMENT where something is wrong with a command,
 * or where its path is taken: the detail of the error has a line for each; nothing was added.
 * Since ABI 1.3. */
SILEX_API silex_status silex_commands_add(silex_runtime* runtime, const char* pack,
                                          const silex_command_pack* commands);

/* Takes away the commands that silex_commands_add() added under this name: actions that are opened from now
 * on do not find them; those that are open keep them. [any-thread] Never blocks for long.
 * SILEX_ERROR_NOT_FOUND. Since ABI 1.3. */
SILEX_API silex_status silex_commands_remove(silex_runtime* runtime, const char* pack);

/* From now on, `find` is asked when an action that is being loaded names a command that no pack has: it may
 * add it with silex_commands_add(), and is then not asked again. NULL: nobody is asked. `data` must live as
 * long as the runtime. [any-thread] Never blocks. Since ABI 1.3. */
SILEX_API silex_status silex_commands_on_missing(silex_runtime* runtime,
                                                 /* [any-thread but loop-thread] May block. */
                                                 void (*find)(void* data, const char* path), void* data);

SILEX_END_C

#endif
