/* npm's Socket.IO server, in a process of its own. */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>
#include <sys/types.h>

struct service {
  pid_t process;
  int input;    /* it ends when that is closed, so also with this program */
  char url[64]; /* ws://127.0.0.1:port */
};

/* Ends the program, which ctest then counts as skipped, where the packages of npm are not there. */
void skip_without_npm(void);

/* Returns when it listens; false, with a failed check, where it does not come to that. */
bool service_start(struct service* service);
void service_end(struct service* service);

#endif
