#include "platform/library.hpp"

#include <array>
#include <bit>
#include <cerrno>
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
// Whether the file has all that is to be mapped of it. The system's loader does not ask, and the process dies
// of SIGBUS at the first page that is not there.
FileProblem inspect_segments(std::ifstream& file, const ElfW(Ehdr) & header, std::uintmax_t size) {
  if (header.e_phentsize != sizeof(ElfW(Phdr))) return FileProblem::other_format;
  file.seekg(static_cast<std::streamoff>(header.e_phoff));
  for (int i = 0; i < header.e_phnum; ++i) {
    ElfW(Phdr) segment{};
    file.read(reinterpret_cast<char*>(&segment), sizeof segment);
    if (!file) return FileProblem::cut_short;
    if (segment.p_type != PT_LOAD) continue;
    if (segment.p_offset > size || segment.p_filesz > size - segment.p_offset) return FileProblem::cut_short;
  }
  return FileProblem::none;
}

FileProblem inspect_header(std::ifstream& file, std::uintmax_t size) {
  ElfW(Ehdr) header{};
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  const auto length = static_cast<std::size_t>(file.gcount());
  if (length < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return FileProblem::other_format;
  if (length < sizeof header) return FileProblem::cut_short;
#if defined(__x86_64__)
  constexpr std::uint16_t machine = EM_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint16_t machine = EM_AARCH64;
#else
  const std::uint16_t machine = header.e_machine;
#endif
  constexpr unsigned char elf_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
  constexpr unsigned char byte_order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
  if (header.e_ident[EI_CLASS] != elf_class || header.e_ident[EI_DATA] != byte_order ||
      header.e_machine != machine) {
    return FileProblem::other_machine;
  }
  return header.e_type == ET_DYN ? inspect_segments(file, header, size) : FileProblem::other_format;
}

std::string describe(unsigned bits, bool big_endian, unsigned machine) {
  std::string name = "machine " + std::to_string(machine) + " of the ELF registry";
  switch (machine) {
    case EM_386:
    case EM_X86_64:
      name = "x86";
      break;
    case EM_ARM:
    case EM_AARCH64:
      name = "ARM";
      break;
    case EM_RISCV:
      name = "RISC-V";
      break;
    case EM_PPC:
    case EM_PPC64:
      name = "PowerPC";
      break;
    case EM_SPARC:
    case EM_SPARCV9:
      name = "SPARC";
      break;
    default:
      break;
  }
  return std::to_string(bits) + "-bit " + name + (big_endian ? ", big-endian" : "");
}
#else
FileProblem inspect_header(std::ifstream& file, std::uintmax_t /*size*/) {
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

FileProblem inspect_library(const std::filesystem::path& path, std::error_code& why) {
  const auto status = std::filesystem::status(path, why);
  if (status.type() == std::filesystem::file_type::not_found) return FileProblem::missing;
  if (why) return FileProblem::unreadable;
  if (!std::filesystem::is_regular_file(status)) return FileProblem::not_a_file;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    why = {errno, std::generic_category()};
    return FileProblem::unreadable;
  }
  const std::uintmax_t size = std::filesystem::file_size(path, why);
  if (why) return FileProblem::unreadable;
  return size == 0 ? FileProblem::empty : inspect_header(file, size);
}

#if defined(__linux__)
std::string machine_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  // Up to here, the headers of both classes are the same.
  std::array<unsigned char, EI_NIDENT + 2 * sizeof(std::uint16_t)> head{};
  file.read(reinterpret_cast<char*>(head.data()), head.size());
  const bool big_endian = head[EI_DATA] == ELFDATA2MSB;
  const unsigned first = head[EI_NIDENT + 2];
  const unsigned second = head[EI_NIDENT + 3];
  return describe(head[EI_CLASS] == ELFCLASS32 ? 32 : 64, big_endian,
                  big_endian ? first << 8U | second : second << 8U | first);
}

std::string this_machine() {
  return machine_of("/proc/self/exe");
}
#else
std::string machine_of(const std::filesystem::path& /*path*/) {
  return "of another architecture";
}

std::string this_machine() {
  return "of " + std::to_string(8 * sizeof(void*)) + " bits";
}
#endif

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
  void* handle = dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL);
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
