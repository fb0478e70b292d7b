// A destination that exists: what is to become of it, as the user, the action's store or a parameter says.
#pragma once

#include <silex/command.hpp>

#include <filesystem>
#include <string>

namespace silex::commands {

// Of one destination, or of all that follow.
enum class Choice { ask, replace, keep };

// The name under which the action's store has what the user chose for all conflicts.
inline constexpr const char* kStoredChoice = "file_conflict_behaviour";

// What was chosen for all of this action.
Choice stored_choice(const CommandContext& context);

struct Answer {
  Choice choice = Choice::ask;  // ask: put it at `new_name` instead, if that is free
  std::string new_name{};
};

// Asks the user. `free` is a name that nothing has; `remark` goes before the question; `name_parameter` is
// what the prompt calls the new name, and no parameter of the command.
task<Answer> ask_about(CommandContext& context, const std::filesystem::path& destination,
                       const std::filesystem::path& free, const std::string& remark,
                       const char* name_parameter);

// For setup(): the new name is shown only where it is asked for.
void show_name_if_asked_for(const CommandContext& context, const char* name_parameter);

// Why the text is no name for a file; "": it is one.
std::string fault_of_name(const std::string& name);

// The source's extension is added where the name has none.
std::string with_extension_of(const std::filesystem::path& source, const std::string& name);

}  // namespace silex::commands
