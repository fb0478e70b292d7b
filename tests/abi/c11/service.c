#include "service.h"

#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void skip_without_npm(void) {
  if (access(SILEX_TEST_PEERS_DIR "/node_modules/socket.io", R_OK) == 0) return;
  puts("skipped: npm's socket.io is not there: run tests/peers/setup.sh");
  exit(77);
}

bool service_start(struct service* service) {
  int in[2];
  int out[2];
  if (!CHECK(pipe(in) == 0 && pipe(out) == 0)) return false;
  CHECK(fcntl(in[1], F_SETFD, FD_CLOEXEC) == 0 && fcntl(out[0], F_SETFD, FD_CLOEXEC) == 0);
  service->process = fork();
  if (service->process == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execlp("node", "node", SILEX_TEST_PEERS_DIR "/socketio_server.js", (char*)NULL);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  service->input = in[1];

  FILE* const output = fdopen(out[0], "r");
  int port = 0;
  const bool listens = output && fscanf(output, "listening %d", &port) == 1;
  if (output) fclose(output);
  snprintf(service->url, sizeof service->url, "ws://127.0.0.1:%d", port);
  if (!CHECK(listens)) service_end(service);
  return listens;
}

void service_end(struct service* service) {
  close(service->input);
  CHECK(kill(service->process, SIGKILL) == 0);
  CHECK(waitpid(service->process, NULL, 0) == service->process);
}
