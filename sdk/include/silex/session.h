/* What a host is to the Silex service: its context, its running actions, and what users answer to them. A
 * session stands on a connection (connection.h), whose id it goes by. The service is told again after each
 * reconnect, also while the loop is held; so are the users of what the runtime's watchdogs see (event.h): as
 * "hostStatus" on /front-event, with {"type", "name", "seconds", "message", "uuid"}; and, as "metrics", of
 * what loop, main thread and workers are busy with. The guide front_events.md says more.
 *
 * JSON is UTF-8 text of one object, copied where it is handed in, valid during the call where it is handed
 * out.
 *
 * Beside the errors that it names, each function here has those of a runtime that can't be reached:
 * SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_HOST_GONE and SILEX_ERROR_FORKED. */
#ifndef SILEX_SESSION_H
#define SILEX_SESSION_H

#include "connection.h"

SILEX_BEGIN_C

/* How a session stands with the service. */
typedef enum silex_session_state_kind {
  SILEX_SESSION_DISCONNECTED = 1, /* the service is away */
  SILEX_SESSION_INTRODUCING = 2,  /* connected; the service is told who we are */
  SILEX_SESSION_READY = 3,        /* it knows us, and our running actions */
  SILEX_SESSION_REFUSED = 4       /* it does not want us; tried again */
} silex_session_state_kind;

/* Told to on_state(). Valid during the call. */
typedef struct silex_session_state {
  uint32_t size;
  silex_session_state_kind kind; /* how it stands now */
  const char* message;           /* why, the service's own where it refuses; "" if there is nothing to say */
} silex_session_state;

/* Copied when the session begins. Each function may be NULL, is called on the loop, in order, and must not
 * block. */
typedef struct silex_session_options {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* Who this host is, such as {"name": "shot_010", "project": "north"}. What is left out of these is filled
   * in: "uuid" (random), "dcc" (the adapter's name, "standalone" without one), "pid", "user" and "name" (the
   * dcc's). */
  const char* context;
  const char* auth; /* goes with joining each of the session's namespaces; default: as the connection's */
  void* data;       /* handed to all of them */
  /* The service asks for something: what, is for those who speak with it to agree upon. */
  void (*on_query)(void* data, const char* query);
  /* A user answered: `diff` is to be merged into the action. */
  void (*on_update)(void* data, const char* uuid, const char* diff);
  /* A user cancelled the action. It is cleared already. */
  void (*on_clear)(void* data, const char* uuid);
  /* A user takes back the action's last command, or all of them. */
  void (*on_undo)(void* data, const char* uuid, bool full);
  /* The session stands otherwise with the service. */
  void (*on_state)(void* data, const silex_session_state* state);
  /* The last call, when the connection has closed; none where the session could not begin. [any-thread] */
  void (*release)(void* data);
  /* A user starts an action on this host: {"action": name, "parameters": {"step:command:name": value}, ...}.
   * Which names are offered to users, the context says as "launchable". Look the name up, never run it in a
   * shell. Since ABI 1.3. */
  void (*on_launch)(void* data, const char* launch);
} silex_session_options;

/* Begins the session of a connection; a connection has one, until it closes. It joins /dcc, /dcc/action and
 * /front-event, and keeps the events query, update, clear, undo and launch of /dcc/action to itself.
 * [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_BUSY where there is one already,
 * SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_session_begin(silex_runtime* runtime, silex_id connection,
                                           const silex_session_options* options);

/* The context as it is told, with what was filled in: written to `text`, of `size` bytes, with a closing 0,
 * cut off where it is too long. `length` is that of all of it, without the 0; `text` or `length` may be NULL.
 * [any-thread] Never blocks. SILEX_ERROR_NOT_FOUND, as with all that follow where there is no session. */
SILEX_API silex_status silex_session_context(silex_runtime* runtime, silex_id connection, char* text,
                                             uint64_t size, uint64_t* length);

/* Another context; one without "uuid" keeps it, another "uuid" is refused. Filled in as at the beginning.
 * [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT. */
SILEX_API silex_status silex_session_set_context(silex_runtime* runtime, silex_id connection,
                                                 const char* context);

/* Begins an action: a whole one, with its "uuid"; without "context_metadata" it is given the context. One
 * with that uuid is replaced. [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT. */
SILEX_API silex_status silex_session_query(silex_runtime* runtime, silex_id connection, const char* action);

/* What changed in a running action: a diff, with its "uuid". Mappings merge key by key, everything else
 * replaces. While the service is away, it is merged here, and goes with the whole action. [any-thread] Never
 * blocks. SILEX_ERROR_INVALID_ARGUMENT, where no such action is running, too. */
SILEX_API silex_status silex_session_update(silex_runtime* runtime, silex_id connection, const char* diff);

/* Ends a running action. [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT where none is running under
 * that uuid. */
SILEX_API silex_status silex_session_clear(silex_runtime* runtime, silex_id connection, const char* uuid);

SILEX_END_C

#endif
