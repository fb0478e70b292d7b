// silex doctor: what an installation finds, and what it misses.
#pragma once

namespace silex::cli {

// Looks at configuration, adapters, definitions and service, as a host on this machine with this environment
// would. Prints a line per thing. An exit code.
int doctor();

}  // namespace silex::cli
