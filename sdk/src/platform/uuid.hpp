// Names that no two things share.
#pragma once

#include <string>

namespace silex::platform {

// A random UUID (RFC 9562, version 4), of the system's randomness: two forks of a process share none.
// [any-thread]
std::string new_uuid();

}  // namespace silex::platform
