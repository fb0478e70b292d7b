// More than one libsilex in a process: two packages may each bring one. Each has runtimes, threads and a
// configuration of its own, and shares nothing with the others but the plugins, which are told of each
// runtime: that is safe. It is seldom what anybody wants, though, and so it is said.
#pragma once

#include "runtime/logger.hpp"

namespace silex::abi {

// Warns of every other libsilex that is loaded now. [any-thread]
void warn_of_other_copies(Logger& logger);

}  // namespace silex::abi
