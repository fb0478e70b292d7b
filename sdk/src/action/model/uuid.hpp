// Names that no two actions, steps, commands or parameters share.
#pragma once

#include <string>

namespace silex::action {

// A random UUID (RFC 9562, version 4), of the system's randomness: two forks of a process share none.
// [any-thread]
std::string new_uuid();

}  // namespace silex::action
