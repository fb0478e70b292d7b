// A command's parameters as C++ values. One that has no value is null, whatever its type.
#pragma once

#include <silex/command.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace silex::commands {

// "" where there is none.
std::string text_in(const CommandContext& context, const char* name);

// False where there is none.
bool flag_in(const CommandContext& context, const char* name);

// An object; an empty one where there is none.
json object_in(const CommandContext& context, const char* name);

// A list; an empty one where there is none.
json list_in(const CommandContext& context, const char* name);

// Absolute, since a host may change its folder before undo(), and with a name at its end. Throws where there
// is none.
std::filesystem::path path_in(const CommandContext& context, const char* name);

// At least one.
std::vector<std::filesystem::path> paths_in(const CommandContext& context, const char* name);

// A value as users read it: text as it is, all else as JSON.
std::string shown(const json& value);

// An error of one sentence about what was asked for.
Error wrong_parameter(const std::string& sentence);

}  // namespace silex::commands
