/* What a host does for `silex validate PLUGIN --host COMMAND...`, which checks an adapter inside its host.
 * The command is started with a variable that names a library. The host, or a script in it, loads that
 * library and calls its one function from its main loop until there is nothing left to check; then the host
 * ends. The whole of it, in a host that can turn its main loop:
 *
 *   void* library = dlopen(getenv(SILEX_VALIDATE_LIBRARY), RTLD_NOW);
 *   silex_validate_function turn = (silex_validate_function)dlsym(library, SILEX_VALIDATE_SYMBOL);
 *   while (turn(NULL)) turn_the_main_loop();
 *
 * In one that can't, a timer or an idle handler calls turn() until it answers false. */
#ifndef SILEX_VALIDATE_H
#define SILEX_VALIDATE_H

#include "abi.h"

SILEX_BEGIN_C

/* The variable that names the library. Not set where nothing is to be validated. */
#define SILEX_VALIDATE_LIBRARY "SILEX_VALIDATE_LIBRARY"

/* The symbol's name, for dlsym(). It is a silex_validate_function. */
#define SILEX_VALIDATE_SYMBOL "silex_validate_turn"

/* What the host offers to the checks. Each may be NULL: the checks that need it are skipped then. */
typedef struct silex_validate_host {
  uint32_t size;
  /* Turns the main loop once, from inside whatever it runs now, as the loop of a modal dialog does.
   * [main-thread] */
  void (*run_once)(void);
  /* From now on the host refuses what an adapter asks for in attach(), such as a timer, or it no longer
   * does. [main-thread] */
  void (*refuse)(bool refuses);
} silex_validate_host;

/* Goes on with the checks, until they have to wait for the host. `host` may be NULL. False once all are done:
 * the host ends then. [main-thread] Blocks for seconds at times, as a slow deferred call does. */
typedef bool (*silex_validate_function)(const silex_validate_host* host);

SILEX_END_C

#endif
