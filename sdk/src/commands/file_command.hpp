// What the commands that change files have in common: a journal, which undo() plays back.
#pragma once

#include "commands/journal.hpp"

#include <silex/command.hpp>

#include <memory>
#include <optional>

namespace silex::commands {

class FileCommand : public Command {
 public:
  // What the journal has kept may be a whole project: a worker removes it.
  ~FileCommand() override;
  task<> undo(CommandContext& context) override;

 protected:
  // Its workers', one at a time.
  Journal& journal(const CommandContext& context);

 private:
  struct Record {
    Journal journal;
    std::optional<Context> context;  // nothing: it was never used
  };
  // Takes it to a worker, and tries again later where there is none; gone at once where the runtime stops.
  static void hand_over(std::unique_ptr<Record> record) noexcept;

  std::unique_ptr<Record> record_ = std::make_unique<Record>();
};

}  // namespace silex::commands
