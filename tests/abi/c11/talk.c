/* silex/connection.h, with npm's Socket.IO server */
#include "cases.h"
#include "check.h"
#include "service.h"

#include <string.h>

/* What the last emission was told. */
struct answer {
  silex_status status;
  char json[256];
  uint32_t attachments;
  char bytes[8]; /* of the first one */
  uint64_t size;
};

struct talk {
  silex_runtime* runtime;
  silex_id connection;
  struct latch states[SILEX_CONNECTION_CLOSED + 1];
  struct answer answer;
  struct latch answered;
  struct latch pushed;
  struct latch released;
};

static void told_state(void* data, const silex_connection_state* state) {
  struct talk* const talk = data;
  CHECK(silex_current_thread(talk->runtime) == SILEX_THREAD_LOOP);
  if (state->kind == SILEX_CONNECTION_REFUSED) {
    CHECK(strcmp(state->nsp, "/refused") == 0 && state->retry_in_ns > 0);
    CHECK(strcmp(state->message, "only artists of this show may come in") == 0);
  }
  if (state->kind == SILEX_CONNECTION_JOINED) {
    CHECK(!state->recovered && (strcmp(state->nsp, "/") == 0 || strcmp(state->nsp, "/dcc") == 0));
  }
  latch_add(&talk->states[state->kind]);
}

/* The server asks, and waits for the acknowledgement. */
static void asked(void* data, const silex_incoming* incoming) {
  struct talk* const talk = data;
  CHECK(silex_current_thread(talk->runtime) == SILEX_THREAD_LOOP);
  CHECK(strcmp(incoming->nsp, "/") == 0 && strcmp(incoming->name, "question") == 0);
  CHECK(strcmp(incoming->arguments.json, "[\"how many?\"]") == 0 && incoming->reply != 0);
  const silex_arguments with = {.size = sizeof with, .json = "[42]"};
  CHECK_OK(silex_connection_reply(talk->runtime, talk->connection, incoming->reply, &with));
  CHECK_STATUS(SILEX_ERROR_NOT_FOUND, "it was given",
               silex_connection_reply(talk->runtime, talk->connection, incoming->reply, &with));
}

static void pushed(void* data, const silex_incoming* incoming) {
  CHECK(strcmp(incoming->name, "pushed") == 0 && incoming->reply == 0);
  latch_add(&((struct talk*)data)->pushed);
}

static void released(void* data) {
  latch_add(&((struct talk*)data)->released);
}

static void acknowledged(void* data, const silex_acknowledgement* acknowledgement) {
  struct talk* const talk = data;
  struct answer* const answer = &talk->answer;
  const silex_arguments* const arguments = &acknowledgement->arguments;
  answer->status = acknowledgement->status;
  CHECK((acknowledgement->status == SILEX_OK) == (acknowledgement->message[0] == '\0'));
  strncpy(answer->json, arguments->json, sizeof answer->json - 1);
  answer->attachments = arguments->attachment_count;
  if (answer->attachments > 0) {
    answer->size = arguments->attachments[0].size;
    if (CHECK(answer->size <= sizeof answer->bytes)) {
      memcpy(answer->bytes, arguments->attachments[0].data, answer->size);
    }
  }
  latch_add(&talk->answered);
}

/* Emits and waits for the end of it. */
static const struct answer* ask(struct talk* talk, const char* nsp, const char* name,
                                silex_arguments arguments) {
  arguments.size = sizeof arguments;
  const silex_emission emission = {.size = sizeof emission,
                                   .flags = SILEX_EMIT_AT_LEAST_ONCE,
                                   .nsp = nsp,
                                   .name = name,
                                   .arguments = arguments,
                                   .timeout_ns = SILEX_NONE,
                                   .data = talk,
                                   .acknowledged = acknowledged};
  const int before = latch_count(&talk->answered);
  talk->answer = (struct answer){.json = ""};
  silex_id id = 0;
  CHECK_OK(silex_connection_emit(talk->runtime, talk->connection, &emission, &id));
  CHECK(id != 0);
  latch_wait(&talk->answered, before + 1);
  return &talk->answer;
}

static void listen(struct talk* talk, const char* name, void (*event)(void*, const silex_incoming*)) {
  const silex_listener listener = {
      .size = sizeof listener, .name = name, .data = talk, .event = event, .release = released};
  CHECK_OK(silex_connection_listen(talk->runtime, talk->connection, &listener));
}

static void both_directions(struct talk* talk) {
  const struct answer* answer =
      ask(talk, NULL, "echo", (silex_arguments){.json = "[\"hello\", {\"to\": 3}]"});
  CHECK(answer->status == SILEX_OK && strcmp(answer->json, "[\"hello\",{\"to\":3}]") == 0);

  const silex_bytes bytes = {"\0\1\2", 3};
  answer = ask(
      talk, "/", "echo",
      (silex_arguments){
          .attachment_count = 1, .json = "[{\"_placeholder\": true, \"num\": 0}]", .attachments = &bytes});
  CHECK(answer->status == SILEX_OK && strstr(answer->json, "\"_placeholder\":true") != NULL);
  CHECK(answer->attachments == 1 && answer->size == 3 && memcmp(answer->bytes, "\0\1\2", 3) == 0);

  listen(talk, "question", asked);
  answer = ask(talk, NULL, "ask", (silex_arguments){.json = "[\"how many?\"]"});
  CHECK(answer->status == SILEX_OK && strcmp(answer->json, "[42]") == 0);

  listen(talk, "", pushed); /* what has no listener of its own */
  answer = ask(talk, NULL, "push", (silex_arguments){.json = "[3]"});
  CHECK(answer->status == SILEX_OK && strcmp(answer->json, "[]") == 0);
  CHECK(latch_count(&talk->pushed) == 3); /* they came before the acknowledgement */
  listen(talk, "question", NULL);
  latch_wait(&talk->released, 1);
}

static void namespaces(struct talk* talk) {
  CHECK_OK(silex_connection_join(talk->runtime, talk->connection, "/dcc", "{\"token\": 1}"));
  CHECK_OK(silex_connection_join(talk->runtime, talk->connection, "/refused", NULL));
  latch_wait(&talk->states[SILEX_CONNECTION_JOINED], 2);
  latch_wait(&talk->states[SILEX_CONNECTION_REFUSED], 1);
  CHECK_OK(silex_connection_leave(talk->runtime, talk->connection, "/refused"));
  const struct answer* answer = ask(talk, "/dcc", "whoami", (silex_arguments){0});
  CHECK(answer->status == SILEX_OK && strstr(answer->json, "\"auth\":{\"token\":1}") != NULL);
}

static void lost_and_found(struct talk* talk) {
  const silex_emission cut = {.size = sizeof cut, .name = "cut"};
  CHECK_OK(silex_connection_emit(talk->runtime, talk->connection, &cut, NULL));
  latch_wait(&talk->states[SILEX_CONNECTION_DISCONNECTED], 1);
  const struct answer* answer = ask(talk, "/dcc", "echo", (silex_arguments){.json = "[\"back\"]"});
  CHECK(answer->status == SILEX_OK && strcmp(answer->json, "[\"back\"]") == 0);
  latch_wait(&talk->states[SILEX_CONNECTION_CONNECTED], 2);

  silex_connection_statistics statistics = {.size = sizeof statistics};
  CHECK_OK(silex_connection_read(talk->runtime, talk->connection, &statistics));
  /* Where the line was cut before the system said that "cut" had gone, it is sent again, and cuts again. */
  CHECK(statistics.attempts >= 2 && statistics.connections >= 2);
  CHECK(statistics.emitted == 7 && statistics.sent >= 7 && statistics.received == 4);
  CHECK(statistics.dropped == 0 && statistics.replaced == 0);

  CHECK_OK(silex_connection_leave(talk->runtime, talk->connection, "/dcc"));
  const struct answer* const late = ask(talk, "/dcc", "echo", (silex_arguments){0});
  CHECK(late->status == SILEX_ERROR_NOT_SENT);
}

void talk_with_a_service(void) {
  skip_without_npm();
  struct service service;
  if (!service_start(&service)) return;
  struct talk talk = {.answered = LATCH, .pushed = LATCH, .released = LATCH};
  for (int i = 0; i <= SILEX_CONNECTION_CLOSED; ++i) talk.states[i] = (struct latch)LATCH;
  talk.runtime = started(NULL);
  const silex_connection_options options = {.size = sizeof options,
                                            .url = service.url,
                                            .backoff_first_ns = 1000000,
                                            .data = &talk,
                                            .on_state = told_state};
  CHECK_OK(silex_connection_open(talk.runtime, &options, &talk.connection));
  latch_wait(&talk.states[SILEX_CONNECTION_JOINED], 1);
  both_directions(&talk);
  namespaces(&talk);
  lost_and_found(&talk);
  CHECK_OK(silex_connection_close(talk.runtime, talk.connection));
  latch_wait(&talk.states[SILEX_CONNECTION_CLOSED], 1);
  latch_wait(&talk.released, 2);
  destroy(talk.runtime);
  service_end(&service);
}
