/* The whole C ABI of Silex SDK for those who embed it. Plugins include plugin.h and what they implement. */
#ifndef SILEX_SILEX_H
#define SILEX_SILEX_H

#include "adapter.h"
#include "api.h"
#include "plugin.h"
#include "runtime.h"

#endif
