/* Between the test kit and its plugin; see testing/harness.hpp. */
#ifndef SILEX_TESTING_PLUGIN_H
#define SILEX_TESTING_PLUGIN_H

#include <silex/adapter.h>
#include <silex/plugin.h>

SILEX_BEGIN_C

/* The id for silex_plugin_entry.get_factory() of the kit's plugin. */
#define SILEX_TESTING_SLOT "silex.testing.slot/1"

/* Its only instance is the plugin's, and not const. [main-thread] */
typedef struct silex_testing_slot {
  uint32_t size;
  const silex_adapter* adapter; /* that the plugin's next create() gives; the test's */
  const silex_host* host;       /* of the last runtime that has loaded the plugin; NULL once that is gone */
} silex_testing_slot;

SILEX_END_C

#endif
