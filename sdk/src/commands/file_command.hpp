// What the commands that change files have in common: a journal, which undo() plays back.
#pragma once

#include "commands/journal.hpp"

#include <silex/command.hpp>

namespace silex::commands {

class FileCommand : public Command {
 public:
  task<> undo(CommandContext& context) override;

 protected:
  Journal journal_;  // its workers', one at a time
};

}  // namespace silex::commands
