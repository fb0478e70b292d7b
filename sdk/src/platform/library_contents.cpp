#include "platform/library_contents.hpp"

#include "platform/library.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#if defined(__linux__)
#include <elf.h>
#include <link.h>
#endif

namespace silex::platform {

#if defined(__linux__)

namespace {

// The tables of a file that was read whole. Each look is checked against its size.
class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
  }

  template <typename Record>
  std::optional<Record> at(std::uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(Record)) return std::nullopt;
    Record record;
    std::memcpy(&record, bytes_.data() + offset, sizeof record);
    return record;
  }

  // The first section of that kind.
  std::optional<ElfW(Shdr)> section(std::uint32_t type) const {
    const auto header = at<ElfW(Ehdr)>(0);
    if (!header || header->e_shentsize != sizeof(ElfW(Shdr))) return std::nullopt;
    for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
      const auto found = at<ElfW(Shdr)>(header->e_shoff + i * sizeof(ElfW(Shdr)));
      if (found && found->sh_type == type) return found;
    }
    return std::nullopt;
  }

  // The records of a section, and the names that they refer to by numbers.
  template <typename Record, typename Function>
  bool each_named(std::uint32_t type, Function&& function) const {
    const auto records = section(type);
    const auto header = at<ElfW(Ehdr)>(0);
    if (!records || !header) return false;
    const auto names = at<ElfW(Shdr)>(header->e_shoff + records->sh_link * sizeof(ElfW(Shdr)));
    if (!names) return false;
    for (std::uint64_t offset = 0; offset + sizeof(Record) <= records->sh_size; offset += sizeof(Record)) {
      const auto record = at<Record>(records->sh_offset + offset);
      if (!record) return false;
      function(*record, [&](std::uint64_t name) { return text(names->sh_offset + name); });
    }
    return true;
  }

 private:
  std::string text(std::uint64_t offset) const {
    if (offset >= bytes_.size()) return {};
    const std::string_view rest = std::string_view(bytes_).substr(offset);
    return std::string(rest.substr(0, rest.find('\0')));
  }
  std::string bytes_;
};

bool is_seen(const ElfW(Sym) & symbol) {
  const unsigned binding = symbol.st_info >> 4U;
  const unsigned visibility = symbol.st_other & 3U;
  return symbol.st_shndx != SHN_UNDEF && binding != STB_LOCAL &&
         (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

// Some linkers put these into each library.
bool is_the_linkers(const std::string& name) {
  constexpr std::array<std::string_view, 6> names{"_init", "_fini", "_edata", "__bss_start", "_end", ""};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::optional<LibraryContents> read_library(const std::filesystem::path& path) {
  std::error_code why;
  if (inspect_library(path, why) != FileProblem::none) return std::nullopt;
  const ElfFile file(path);
  LibraryContents contents;
  const bool has_symbols =
      file.each_named<ElfW(Sym)>(SHT_DYNSYM, [&](const ElfW(Sym) & symbol, const auto& name) {
        if (is_seen(symbol) && !is_the_linkers(name(symbol.st_name))) {
          contents.exports.push_back(name(symbol.st_name));
        }
      });
  const bool has_needs =
      file.each_named<ElfW(Dyn)>(SHT_DYNAMIC, [&](const ElfW(Dyn) & entry, const auto& name) {
        if (entry.d_tag == DT_NEEDED) contents.needs.push_back(name(entry.d_un.d_val));
      });
  if (!has_symbols || !has_needs) return std::nullopt;
  std::sort(contents.exports.begin(), contents.exports.end());
  return contents;
}

#else

std::optional<LibraryContents> read_library(const std::filesystem::path& /*path*/) {
  return std::nullopt;
}

#endif

}  // namespace silex::platform
