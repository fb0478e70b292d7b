// What Copy, Move and Rename share: bringing sources to their destinations, with conflicts and progress.
#pragma once

#include "commands/conflict.hpp"
#include "commands/file_command.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace silex::commands {

struct Placement {
  std::filesystem::path source;
  std::filesystem::path destination;
  std::uintmax_t weight = 0;  // of the progress
  bool is_kept = false;       // what was at the destination was kept, and the source left
};

enum class Way { copy, move };

class PlacingCommand : public FileCommand {
 public:
  task<> setup(CommandContext& context) override;

 protected:
  explicit PlacingCommand(const char* name_parameter) noexcept : name_parameter_(name_parameter) {}

  // Brings each source to its destination, in this order; makes the destinations' folders. Nothing is done
  // where a source is missing or where two of them would come to the same place. Afterwards `placements` has
  // where they really are.
  task<> place(CommandContext& context, std::vector<Placement>& placements, Way way);

 private:
  // Goes on from `next` to the first conflict that is nobody's choice yet, and returns where that is.
  // [any-thread]
  std::size_t place_until_conflict(const CommandContext& context, StopToken stop,
                                   std::vector<Placement>& placements, std::size_t next, Way way);
  task<> resolve(CommandContext& context, Placement& placement);

  const char* const name_parameter_;
  Choice choice_ = Choice::ask;          // for all
  Choice choice_for_one_ = Choice::ask;  // for the next one
};

}  // namespace silex::commands
