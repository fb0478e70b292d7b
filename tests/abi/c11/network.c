/* silex/connection.h, silex/session.h, where no service listens */
#include "cases.h"
#include "check.h"

#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

struct wire {
  silex_runtime* runtime;
  struct latch away;
  struct latch closed;
  struct latch released;
  struct latch ended; /* emissions */
  atomic_int last_status;
};
#define WIRE \
  { .away = LATCH, .closed = LATCH, .released = LATCH, .ended = LATCH }

static void told_state(void* data, const silex_connection_state* state) {
  struct wire* const wire = data;
  CHECK(silex_current_thread(wire->runtime) == SILEX_THREAD_LOOP);
  CHECK(state->size >= sizeof *state && state->nsp != NULL);
  if (state->kind == SILEX_CONNECTION_DISCONNECTED) {
    CHECK(state->retry_in_ns > 0 && strstr(state->message, "127.0.0.1:1") != NULL);
    latch_add(&wire->away);
  } else {
    CHECK(state->kind == SILEX_CONNECTION_CLOSED);
    latch_add(&wire->closed);
  }
}

static void heard(void* data, const silex_incoming* incoming) {
  (void)data;
  (void)incoming;
  check(false, "nobody is there to say anything", __FILE__, __LINE__);
}

static void released(void* data) {
  latch_add(&((struct wire*)data)->released);
}

static void acknowledged(void* data, const silex_acknowledgement* acknowledgement) {
  struct wire* const wire = data;
  CHECK(silex_current_thread(wire->runtime) == SILEX_THREAD_LOOP);
  CHECK(acknowledgement->message[0] != '\0' && strcmp(acknowledgement->arguments.json, "[]") == 0);
  atomic_store(&wire->last_status, acknowledgement->status);
  latch_add(&wire->ended);
}

static silex_id opened(struct wire* wire) {
  const silex_connection_options options = {.size = sizeof options,
                                            .url = "ws://127.0.0.1:1",
                                            .backoff_first_ns = 1000000,
                                            .data = wire,
                                            .on_state = told_state};
  silex_id id = 0;
  CHECK_OK(silex_connection_open(wire->runtime, &options, &id));
  CHECK(id != 0);
  return id;
}

void connections(void) {
  struct wire wire = WIRE;
  silex_runtime* const runtime = wire.runtime = started(NULL);
  const silex_id id = opened(&wire);
  CHECK_OK(silex_connection_join(runtime, id, "/room", "{\"token\": 1}"));
  const silex_listener listener = {.size = sizeof listener,
                                   .nsp = "/room",
                                   .name = "",
                                   .data = &wire,
                                   .event = heard,
                                   .release = released};
  CHECK_OK(silex_connection_listen(runtime, id, &listener));
  latch_wait(&wire.away, 2);
  CHECK_OK(silex_connection_reconnect(runtime, id));
  latch_wait(&wire.away, 3);

  const silex_bytes bytes = {"\0\1", 2};
  silex_emission emission = {
      .size = sizeof emission,
      .nsp = "/room",
      .name = "say",
      .arguments = {sizeof emission.arguments, 1, "[{\"_placeholder\": true, \"num\": 0}]", &bytes},
      .timeout_ns = 1000000,
      .data = &wire,
      .acknowledged = acknowledged};
  silex_id sent = 0;
  CHECK_OK(silex_connection_emit(runtime, id, &emission, &sent));
  latch_wait(&wire.ended, 1);
  CHECK(atomic_load(&wire.last_status) == SILEX_ERROR_TIMED_OUT);
  emission.timeout_ns = SILEX_NONE;
  CHECK_OK(silex_connection_emit(runtime, id, &emission, &sent));
  CHECK_OK(silex_cancel(runtime, sent));
  latch_wait(&wire.ended, 2);
  CHECK(atomic_load(&wire.last_status) == SILEX_ERROR_CANCELLED);
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "it was given", silex_connection_reply(runtime, id, 12345, NULL));

  silex_connection_statistics statistics = {.size = sizeof statistics};
  CHECK_OK(silex_connection_read(runtime, id, &statistics));
  CHECK(statistics.attempts >= 3 && statistics.connections == 0 && statistics.sent == 0);
  CHECK_OK(silex_connection_leave(runtime, id, "/room"));
  CHECK_OK(silex_connection_close(runtime, id));
  latch_wait(&wire.closed, 1);
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "it was closed", silex_connection_close(runtime, id));
  destroy(runtime);
  CHECK(latch_count(&wire.released) == 1);
}

static void told_session(void* data, const silex_session_state* state) {
  CHECK(silex_current_thread(((struct wire*)data)->runtime) == SILEX_THREAD_LOOP);
  CHECK(state->kind == SILEX_SESSION_DISCONNECTED);
}
static void told_query(void* data, const char* query) {
  heard(data, NULL);
  (void)query;
}
static void told_update(void* data, const char* uuid, const char* diff) {
  heard(data, NULL);
  (void)uuid, (void)diff;
}
static void told_clear(void* data, const char* uuid) {
  told_query(data, uuid);
}
static void told_undo(void* data, const char* uuid, bool full) {
  told_query(data, uuid);
  (void)full;
}

void sessions(void) {
  struct wire wire = WIRE;
  silex_runtime* const runtime = wire.runtime = started(NULL);
  const silex_id id = opened(&wire);
  const silex_session_options options = {.size = sizeof options,
                                         .context = "{\"uuid\": \"c\", \"name\": \"shot\"}",
                                         .auth = "{}",
                                         .data = &wire,
                                         .on_query = told_query,
                                         .on_update = told_update,
                                         .on_clear = told_clear,
                                         .on_undo = told_undo,
                                         .on_state = told_session,
                                         .release = released,
                                         .on_launch = told_query};
  CHECK_OK(silex_session_begin(runtime, id, &options));
  char text[1024];
  uint64_t length = 0;
  CHECK_OK(silex_session_context(runtime, id, text, sizeof text, &length));
  CHECK(length == strlen(text) && strstr(text, "\"uuid\":\"c\"") && strstr(text, "\"dcc\":\"standalone\""));
  CHECK_OK(silex_session_set_context(runtime, id, "{\"name\": \"other\"}"));
  CHECK_OK(silex_session_context(runtime, id, text, sizeof text, NULL));
  CHECK(strstr(text, "\"uuid\":\"c\"") && strstr(text, "\"name\":\"other\""));

  CHECK_OK(silex_session_query(runtime, id, "{\"uuid\": \"a\"}"));
  CHECK_OK(silex_session_update(runtime, id, "{\"uuid\": \"a\", \"status\": 3}"));
  CHECK_OK(silex_session_clear(runtime, id, "a"));
  CHECK_STATUS(SILEX_ERROR_INVALID_ARGUMENT, "is running", silex_session_clear(runtime, id, "a"));

  /* As a program does that was compiled for ABI 1.2. */
  const silex_id second = opened(&wire);
  silex_session_options older = options;
  older.size = offsetof(silex_session_options, on_launch);
  CHECK_OK(silex_session_begin(runtime, second, &older));

  CHECK_OK(silex_runtime_stop(runtime));
  CHECK(latch_count(&wire.closed) == 2 && latch_count(&wire.released) == 2);
  CHECK_STATUS(SILEX_ERROR_NOT_RUNNING, "", silex_session_query(runtime, id, "{\"uuid\": \"a\"}"));
  destroy(runtime);
}
