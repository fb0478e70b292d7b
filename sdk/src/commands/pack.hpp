// The commands that are always there: silex.Copy, silex.InsertAction and the rest.
#pragma once

#include <silex/command.h>

namespace silex::commands {

// Static storage. [any-thread]
const silex_command_pack& builtin_pack() noexcept;

}  // namespace silex::commands
