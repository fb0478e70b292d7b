/* The whole C ABI of Silex SDK for those who embed it. Plugins include plugin.h and what they implement. */
#ifndef SILEX_SILEX_H
#define SILEX_SILEX_H

#include "action.h"
#include "adapter.h"
#include "api.h"
#include "command.h"
#include "connection.h"
#include "plugin.h"
#include "runtime.h"
#include "session.h"

#endif
