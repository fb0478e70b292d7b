// What goes wrong with files, as one sentence: which file, what the system said, and what to do.
#pragma once

#include <silex/error.hpp>

#include <filesystem>
#include <string>
#include <system_error>

namespace silex::commands {

// "'/a/b'".
std::string quoted(const std::filesystem::path& path);

// "'/a/b' could not be read: Permission denied; make it accessible, and try again". `what` is "could not be
// read".
Error file_error(const std::filesystem::path& path, const std::string& what, const std::error_code& error);

// Throws it where there is an error.
void check(const std::error_code& error, const std::filesystem::path& path, const std::string& what);

// One that no error code stands for.
Error file_error(const std::string& sentence);

}  // namespace silex::commands
