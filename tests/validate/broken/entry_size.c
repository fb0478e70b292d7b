/* A size that no version has. */
#define ENTRY_SIZE sizeof(silex_plugin_entry) + 3
#include "base.h"
