#include "platform/library.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#if defined(_WIN32)
#include <windows.h>
#else
#include <dlfcn.h>
#if defined(__linux__)
#include <elf.h>
#include <link.h>
#endif
#endif

namespace silex::platform {

namespace {

#if defined(__linux__)
// The header of this process's own executable: what a library must match.
FileProblem inspect_header(std::ifstream& file) {
  ElfW(Ehdr) header{};
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  const auto length = static_cast<std::size_t>(file.gcount());
  if (length < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return FileProblem::other_format;
  if (length < sizeof header) return FileProblem::other_format;
#if defined(__x86_64__)
  constexpr std::uint16_t machine = EM_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint16_t machine = EM_AARCH64;
#else
  const std::uint16_t machine = header.e_machine;
#endif
  constexpr unsigned char elf_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
  if (header.e_ident[EI_CLASS] != elf_class || header.e_machine != machine) return FileProblem::other_machine;
  return header.e_type == ET_DYN ? FileProblem::none : FileProblem::other_format;
}
#else
FileProblem inspect_header(std::ifstream& file) {
  // Mach-O and PE are told from everything else by their first bytes; the loader says the rest.
  std::array<unsigned char, 4> magic{};
  file.read(reinterpret_cast<char*>(magic.data()), magic.size());
#if defined(_WIN32)
  return magic[0] == 'M' && magic[1] == 'Z' ? FileProblem::none : FileProblem::other_format;
#else
  return (magic[0] == 0xcf && magic[1] == 0xfa) || (magic[0] == 0xca && magic[1] == 0xfe)
             ? FileProblem::none
             : FileProblem::other_format;
#endif
}
#endif

}  // namespace

#if defined(_WIN32)
const char* const kLibraryEnding = ".dll";
const char kPathSeparator = ';';
#elif defined(__APPLE__)
const char* const kLibraryEnding = ".dylib";
const char kPathSeparator = ':';
#else
const char* const kLibraryEnding = ".so";
const char kPathSeparator = ':';
#endif

FileProblem inspect_library(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return FileProblem::missing;
  if (!std::filesystem::is_regular_file(status)) return FileProblem::not_a_file;
  std::ifstream file(path, std::ios::binary);
  if (!file) return FileProblem::unreadable;
  return inspect_header(file);
}

Library::Library(Library&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Library& Library::operator=(Library&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Library::~Library() {
  if (!handle_) return;
#if defined(_WIN32)
  FreeLibrary(static_cast<HMODULE>(handle_));
#else
  dlclose(handle_);
#endif
}

bool Library::open(const std::filesystem::path& path, Library& library, std::string& error) {
#if defined(_WIN32)
  void* handle = LoadLibraryW(path.c_str());
  if (!handle) {
    error = std::system_category().message(static_cast<int>(GetLastError()));
    return false;
  }
#else
  // An absolute path: dlopen() looks a bare name up in the system's folders, never in the current one.
  void* handle = dlopen(std::filesystem::absolute(path).c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (!handle) {
    const char* text =
        dlerror();  // NOLINT(concurrency-mt-unsafe): it is, per thread, in every libc we run on
    error = text ? text : "no reason given";
    return false;
  }
#endif
  library = Library();
  library.handle_ = handle;
  return true;
}

void* Library::symbol(const char* name) const {
#if defined(_WIN32)
  return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(handle_), name));
#else
  return dlsym(handle_, name);
#endif
}

}  // namespace silex::platform
