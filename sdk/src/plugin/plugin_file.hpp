// Plugins as files: what is wrong with one, or with a folder of them, said before any of its code runs. What
// the runtime says, `silex doctor` and `silex validate` say in the same words.
#pragma once

#include "runtime/status.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace silex {

// Whether the file may be loaded: it is a library for this machine, and nobody else can change it or put
// another one in its place. SILEX_ERROR_FILE_NOT_FOUND, SILEX_ERROR_NOT_A_FILE, SILEX_ERROR_NOT_A_LIBRARY,
// SILEX_ERROR_LIBRARY_LOAD.
Status check_plugin_file(const std::filesystem::path& path);

// The folders of an adapter path.
std::vector<std::filesystem::path> split_search_path(const std::string& search_path);

// Whether a folder of the adapter path may be looked into. SILEX_ERROR_FILE_NOT_FOUND where there is none;
// SILEX_ERROR_INVALID_ARGUMENT where it is relative; SILEX_ERROR_NOT_A_FILE where it is no folder;
// SILEX_ERROR_LIBRARY_LOAD where it cannot be read, or where anyone can write in it.
Status check_plugin_folder(const std::filesystem::path& folder);

}  // namespace silex
