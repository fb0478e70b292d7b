#include "commands/pack.hpp"

#include "commands/basic.hpp"
#include "commands/copy_move.hpp"
#include "commands/insert_action.hpp"
#include "commands/iterate_action.hpp"
#include "commands/remove.hpp"
#include "commands/run_process.hpp"
#include "commands/set_environment.hpp"
#include "commands/stored_value.hpp"

namespace silex::commands {

const silex_command_pack& builtin_pack() noexcept {
  return detail::CommandPack<Log, Wait, Pass, ExitStep, SetStoredValue, GetStoredValue, SetEnvironment, Copy,
                             Move, Rename, Remove, MakeDirectories, InsertAction, IterateAction,
                             RunProcess>::pack;
}

}  // namespace silex::commands
