/* What the plugins of these tests let a test see, under the symbol `observed`. */
#ifndef OBSERVED_H
#define OBSERVED_H

#include <silex/adapter.h>
#include <silex/plugin.h>

struct observed {
  const silex_host* host; /* from init() */
  silex_pump* pump;       /* from attach(); retained until detach() */
  int inits;
  int deinits;
  int detects;
  int attaches;
  int detaches;
  int wakes;
  int destroys;
};

#endif
