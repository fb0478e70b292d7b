/* What stands around an init() that is shown. */
#include <silex/api.h>
#include <silex/plugin.h>

#include <stddef.h>

/* @BLOCK@ */

const silex_plugin_entry silex_plugin = {
    sizeof silex_plugin, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "framed", "1.0", init, NULL, NULL};
