// @Name@ as a test plays it: a main loop that is turned by hand, and what adapters are offered.
#pragma once

#include "host.hpp"

#include <silex/testing/host.hpp>

// The one of this process.
extern silex::testkit::Host host;
