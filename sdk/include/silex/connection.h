/* A connection to a Socket.IO 5 service, over a WebSocket. It lives on a thread of its own, so that its
 * heartbeat goes on while loop and host are held; it comes back by itself, and keeps in order what is emitted
 * meanwhile. Protocol: https://socket.io/docs/v4/socket-io-protocol/
 *
 * A connection belongs to the run of its runtime. silex_runtime_stop() closes it: it waits for what is still
 * to be sent, for at most `flush_ns`, and for nothing where the service is away.
 *
 * Beside the errors that it names, each function here has those of a runtime that can't be reached:
 * SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_HOST_GONE and SILEX_ERROR_FORKED. */
#ifndef SILEX_CONNECTION_H
#define SILEX_CONNECTION_H

#include "error.h"

SILEX_BEGIN_C

/* Binary data. */
typedef struct silex_bytes {
  const void* data; /* may be NULL where `size` is 0 */
  uint64_t size;    /* in bytes */
} silex_bytes;

/* What an event or an acknowledgement carries: the elements of a JSON array. In `json`, the object
 * {"_placeholder": true, "num": 0} stands for attachment 0, as it does on the wire. Copied where it is handed
 * in; valid during the call where it is handed out. */
typedef struct silex_arguments {
  uint32_t size;
  uint32_t attachment_count;      /* of `attachments` */
  const char* json;               /* a JSON array, such as ["hello", {"to": 3}]; NULL: [] */
  const silex_bytes* attachments; /* may be NULL where `attachment_count` is 0 */
} silex_arguments;

/* What has changed in a connection. */
typedef enum silex_connection_state_kind {
  SILEX_CONNECTION_CONNECTED = 1,    /* the service answered */
  SILEX_CONNECTION_DISCONNECTED = 2, /* the service is away; `retry_in_ns`: until the next attempt */
  SILEX_CONNECTION_JOINED = 3,       /* the namespace took us in */
  SILEX_CONNECTION_LEFT = 4,         /* the service put us out of the namespace, which is tried again */
  SILEX_CONNECTION_REFUSED = 5,      /* the service refuses the namespace; `message` is its own */
  SILEX_CONNECTION_CLOSED = 6        /* for good; `message`: what was left unsent */
} silex_connection_state_kind;

/* Told to on_state(). Valid during the call. */
typedef struct silex_connection_state {
  uint32_t size;
  silex_connection_state_kind kind; /* what has changed */
  const char* nsp;                  /* the namespace that it is about, "" if none; never NULL */
  const char* message;              /* why, in one sentence; "" if there is nothing to say; never NULL */
  uint64_t retry_in_ns;             /* DISCONNECTED, LEFT, REFUSED */
  bool recovered; /* JOINED: the service kept rooms and missed events (connection state recovery) */
} silex_connection_state;

enum {
  /* wss:// without looking at the certificate: whoever is on the way can read and change what is said. */
  SILEX_CONNECTION_UNVERIFIED = 1,
  SILEX_CONNECTION_UNCOMPRESSED = 2, /* does not offer permessage-deflate */
  SILEX_CONNECTION_DIRECT = 4        /* passes by the proxy that http_proxy and https_proxy name */
};

/* How a connection behaves. A member that is 0 or NULL is what is configured (sections service, reconnect and
 * outbox; see silex_options.config_file), or has its default. Copied when it is opened. */
typedef struct silex_connection_options {
  uint32_t size;
  uint32_t flags;      /* SILEX_CONNECTION_UNVERIFIED and the two beside it */
  const char* url;     /* ws:// or wss://, its query is passed on; default ws://127.0.0.1:5118 */
  const char* path;    /* default /socket.io/ */
  const char* auth;    /* a JSON object that goes with joining "/"; default: the configured token, if any */
  const char* ca_file; /* PEM, of the authorities to trust; default: the system's */
  const char* proxy;   /* http://[user:password@]host:port; default: http_proxy, https_proxy, no_proxy */
  uint64_t connect_timeout_ns; /* name look-up, proxy, TLS and hand-shake together; default 2 s */
  uint64_t backoff_first_ns;   /* before the second attempt; doubles each time; default 0.5 s */
  uint64_t backoff_longest_ns; /* default 5 s */
  uint64_t outbox_events;      /* events kept while the service is away; default 10,000 */
  uint64_t outbox_bytes;       /* default 64 MiB */
  uint64_t flush_ns; /* how long a close may go on sending what waits; default 0.5 s; SILEX_NONE: not */
  void* data;        /* handed to on_state() */
  /* Told each change, in order. May be NULL. [loop-thread] Must not block. */
  void (*on_state)(void* data, const silex_connection_state* state);
} silex_connection_options;

/* Opens a connection: connects now, and whenever it is lost, until it is closed. `options` may be NULL.
 * [any-thread] Never blocks.
 * SILEX_ERROR_INVALID_ARGUMENT (a wrong URL, say), SILEX_ERROR_NOT_RUNNING, SILEX_ERROR_HOST_GONE,
 * SILEX_ERROR_FORKED, SILEX_ERROR_OUT_OF_MEMORY. */
SILEX_API silex_status silex_connection_open(silex_runtime* runtime, const silex_connection_options* options,
                                             silex_id* connection);

/* Sends what waits, for at most `flush_ns`, and closes: SILEX_CONNECTION_CLOSED is the last that is told of
 * it. [any-thread] Never blocks. SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_connection_close(silex_runtime* runtime, silex_id connection);

/* Joins another namespace than "/", now and after each reconnect. `auth` is a JSON object that
 * goes with it, or NULL. [any-thread] Never blocks.
 * SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_connection_join(silex_runtime* runtime, silex_id connection, const char* nsp,
                                             const char* auth);

/* Leaves a namespace that was joined, but none of a session's; what still waits to be sent there is dropped.
 * [any-thread] Never blocks. SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_connection_leave(silex_runtime* runtime, silex_id connection, const char* nsp);

/* An event that came in. Valid during the call. */
typedef struct silex_incoming {
  uint32_t size;
  const char* nsp;           /* its namespace */
  const char* name;          /* of the event */
  silex_arguments arguments; /* what it carries */
  silex_id reply;            /* for silex_connection_reply(); 0 where the sender wants no acknowledgement */
} silex_incoming;

/* Copied, `nsp` and `name` included. */
typedef struct silex_listener {
  uint32_t size;
  const char* nsp;  /* default "/"; it must have been joined */
  const char* name; /* of the event; "" is for those that have no listener of their own; not NULL */
  void* data;       /* handed to both */
  /* [loop-thread] Must not block. NULL: takes the listener of that name away. */
  void (*event)(void* data, const silex_incoming* incoming);
  /* The last call, when the listener was replaced, taken away or its connection closed. May be NULL.
   * [any-thread] */
  void (*release)(void* data);
} silex_listener;

/* Listens to an event; a later listener of the same name takes the place of an earlier one. [any-thread]
 * Never blocks. SILEX_ERROR_INVALID_ARGUMENT, SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_connection_listen(silex_runtime* runtime, silex_id connection,
                                               const silex_listener* listener);

/* Acknowledges an event; once. `arguments` may be NULL. [any-thread] Never blocks.
 * SILEX_ERROR_NOT_FOUND where it was answered already, or the connection was lost since.
 * SILEX_ERROR_INVALID_ARGUMENT. */
SILEX_API silex_status silex_connection_reply(silex_runtime* runtime, silex_id connection, silex_id reply,
                                              const silex_arguments* arguments);

enum {
  /* Sent again after a reconnect until it was acknowledged. The service may see it twice, when only the
   * acknowledgement was lost: give it an id of its own. */
  SILEX_EMIT_AT_LEAST_ONCE = 1,
  /* While the service is away, it takes the place of an earlier one with the same `key`. */
  SILEX_EMIT_LATEST = 2,
  /* While the service is away, it is not kept. */
  SILEX_EMIT_DROP = 4
};

/* How an emit that asked for an acknowledgement ended. */
typedef struct silex_acknowledgement {
  uint32_t size;
  /* SILEX_OK; SILEX_ERROR_TIMED_OUT, what is kept is still sent later; SILEX_ERROR_DISCONNECTED, it was sent
   * and the connection went away before the answer; SILEX_ERROR_NOT_SENT, and it never will be;
   * SILEX_ERROR_CANCELLED; SILEX_ERROR_HOST_GONE. */
  silex_status status;
  const char* message;       /* "" for SILEX_OK; never NULL */
  silex_arguments arguments; /* the service's */
} silex_acknowledgement;

/* An event to send. Copied, with all that it points to. */
typedef struct silex_emission {
  uint32_t size;
  uint32_t flags;            /* SILEX_EMIT_* */
  const char* nsp;           /* default "/"; it must have been joined */
  const char* name;          /* not NULL */
  silex_arguments arguments; /* what it carries */
  const char* key;           /* for SILEX_EMIT_LATEST */
  uint64_t timeout_ns;       /* for the acknowledgement, from now on, connected or not; default 1 s */
  silex_task_id task;        /* on whose behalf acknowledged() is called; 0: nobody's */
  void* data;                /* handed to acknowledged() */
  /* Asks for an acknowledgement, and is told exactly once how that went. NULL: none is asked for.
   * [loop-thread] Must not block. */
  void (*acknowledged)(void* data, const silex_acknowledgement* acknowledgement);
} silex_emission;

/* Emits an event, in order with the others of its namespace. `id` may be NULL; silex_cancel() with it ends
 * the wait for the acknowledgement, not the event. [any-thread] Never blocks.
 * SILEX_ERROR_INVALID_ARGUMENT, where `arguments` is not what it must be; SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_connection_emit(silex_runtime* runtime, silex_id connection,
                                             const silex_emission* emission, silex_id* id);

/* Ends the present back-off: something tells that the service is back. [any-thread] Never blocks.
 * SILEX_ERROR_NOT_FOUND. */
SILEX_API silex_status silex_connection_reconnect(silex_runtime* runtime, silex_id connection);

/* Figures of a connection. The caller sets `size`. */
typedef struct silex_connection_statistics {
  uint32_t size;
  uint64_t attempts;      /* to connect */
  uint64_t connections;   /* that succeeded */
  uint64_t emitted;       /* events that were accepted */
  uint64_t sent;          /* those that were sent again count again */
  uint64_t resent;        /* of these, those that were sent again */
  uint64_t received;      /* events that came in */
  uint64_t dropped;       /* by their policy, for lack of room, too large */
  uint64_t replaced;      /* by a newer one of their key */
  uint64_t waiting;       /* events kept now */
  uint64_t waiting_bytes; /* what these take, in bytes */
} silex_connection_statistics;

/* Figures since it was opened; as much as `statistics->size` has room for. [any-thread] Never blocks.
 * SILEX_ERROR_NOT_FOUND, SILEX_ERROR_INVALID_ARGUMENT. */
SILEX_API silex_status silex_connection_read(silex_runtime* runtime, silex_id connection,
                                             silex_connection_statistics* statistics);

SILEX_END_C

#endif
