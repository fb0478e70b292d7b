#include "commands/file_command.hpp"

namespace silex::commands {

task<> FileCommand::undo(CommandContext& context) {
  co_await context.worker([&] { journal_.undo(); });
}

}  // namespace silex::commands
