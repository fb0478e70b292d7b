#include "platform/library_contents.hpp"

#include "platform/library.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#if defined(__linux__)
#include <elf.h>
#include <link.h>
#endif

namespace silex::platform {

#if defined(__linux__)

namespace {

// The tables of a file. Each look is checked against its size.
class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path& path) : file_(path, std::ios::binary) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    size_ = error ? 0 : size;
    header_ = record<ElfW(Ehdr)>(bytes(0, sizeof(ElfW(Ehdr))), 0);
    if (!header_ || header_->e_shentsize != sizeof(ElfW(Shdr))) return;
    sections_ = bytes(header_->e_shoff, std::uint64_t{header_->e_shnum} * sizeof(ElfW(Shdr)));
  }

  // The records of the first section of that kind, and the names that they refer to by numbers. False where
  // there is none, or not all of it.
  template <typename Record, typename Function>
  bool each_named(std::uint32_t type, Function&& function) {
    for (std::uint64_t at = 0; at < sections_.size(); at += sizeof(ElfW(Shdr))) {
      const auto section = record<ElfW(Shdr)>(sections_, at);
      if (!section || section->sh_type != type) continue;
      const auto link = record<ElfW(Shdr)>(sections_, std::uint64_t{section->sh_link} * sizeof(ElfW(Shdr)));
      const std::string records = bytes(section->sh_offset, section->sh_size);
      const std::string names = link ? bytes(link->sh_offset, link->sh_size) : "";
      const auto name = [&](std::uint64_t offset) {
        const std::string_view rest =
            std::string_view(names).substr(std::min<std::uint64_t>(offset, names.size()));
        return std::string(rest.substr(0, rest.find('\0')));
      };
      for (std::uint64_t offset = 0; offset < records.size(); offset += sizeof(Record)) {
        if (const auto found = record<Record>(records, offset)) function(*found, name);
      }
      return !records.empty() && !names.empty();
    }
    return false;
  }

 private:
  // "" where the file does not have all of them.
  std::string bytes(std::uint64_t offset, std::uint64_t length) {
    if (offset > size_ || length > size_ - offset) return {};
    std::string found(length, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(found.data(), static_cast<std::streamsize>(length));
    return file_ ? found : "";
  }
  template <typename Record>
  static std::optional<Record> record(const std::string& bytes, std::uint64_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(Record)) return std::nullopt;
    Record found{};
    std::memcpy(&found, bytes.data() + offset, sizeof found);
    return found;
  }

  std::ifstream file_;
  std::uintmax_t size_ = 0;
  std::optional<ElfW(Ehdr)> header_;
  std::string sections_;
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
  ElfFile file(path);
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
