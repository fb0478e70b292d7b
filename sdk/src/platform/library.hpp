// A shared library, opened by path: dlopen() or LoadLibrary() behind one class.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

namespace silex::platform {

// Why a file can't be a library for this process, in the order in which it is looked at.
enum class FileProblem {
  none,
  missing,
  not_a_file,
  unreadable,
  empty,
  other_format,
  cut_short,
  other_machine
};

// Looks at the file itself, without running any of its code: the system's loader words such errors poorly,
// and differently on each system, or lets the process die of them. `why` has the system's words for a file
// that is unreadable.
FileProblem inspect_library(const std::filesystem::path& path, std::error_code& why);

// The kind of machine that such a file is for, and that this process runs on, for people: "32-bit x86".
std::string machine_of(const std::filesystem::path& path);
std::string this_machine();

// An open library. Closed by the destructor unless keep_for_good() was called.
class Library {
 public:
  Library() = default;
  Library(Library&& other) noexcept;
  Library& operator=(Library&& other) noexcept;
  ~Library();

  // Opens the library, resolving all its symbols and keeping them local: with lazy binding, a symbol that
  // nobody has ends the host at the first call. On failure the result is false and `error` has the system's
  // words.
  static bool open(const std::filesystem::path& path, Library& library, std::string& error);

  // The address of an exported symbol, or nullptr.
  [[nodiscard]] void* symbol(const char* name) const;

  // Never unload it: some of its code may still be called.
  void keep_for_good() noexcept { handle_ = nullptr; }

  explicit operator bool() const noexcept { return handle_ != nullptr; }

 private:
  void* handle_ = nullptr;
};

// ".so", ".dll" or ".dylib".
extern const char* const kLibraryEnding;
// ':' or ';'.
extern const char kPathSeparator;

}  // namespace silex::platform
