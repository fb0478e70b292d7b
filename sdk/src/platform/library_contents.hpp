// What a shared library shows to others and wants of them, read from its file: none of its code runs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace silex::platform {

struct LibraryContents {
  std::vector<std::string> exports;  // names of the symbols that others can see, sorted
  std::vector<std::string> needs;    // the libraries that are loaded with it, by the names it has for them
};

// Nothing where it is not an ELF library for this machine whose tables are whole: only those are read.
std::optional<LibraryContents> read_library(const std::filesystem::path& path);

}  // namespace silex::platform
