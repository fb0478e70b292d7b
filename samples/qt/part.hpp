// Between the two halves of the adapter: the plugin, which links no Qt, and its part for one major of Qt.
#pragma once

#include <silex/adapter.h>

// What a part exports.
#define SILEX_QT_PART_SYMBOL "silex_qt_part"

extern "C" struct silex_qt_part {
  // An adapter, made by the part and freed by its destroy(); nullptr without memory. [main-thread]
  // `set_error` is called with the reason before one of its functions fails; it outlives the adapter.
  const silex_adapter* (*create)(void (*set_error)(const char* message));
};
