// Files that were read before, for as long as they stay as they were. What many definitions inherit from is
// parsed once. [any-thread]
#pragma once

#include "yaml/finding.hpp"
#include "yaml/node.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>

namespace silex::yaml {

class FileCache {
 public:
  FileCache() = default;
  FileCache(const FileCache&) = delete;
  FileCache& operator=(const FileCache&) = delete;
  virtual ~FileCache() = default;

  // One that can't be read is there all the same; a folder is no file.
  [[nodiscard]] virtual bool has(const std::filesystem::path& file) const;
  // As read_file(). A file with findings is read again each time, so that each reader is told of them.
  virtual NodePtr read(const std::filesystem::path& file, Findings& findings);

 private:
  // What is past these was read once, most likely: all are forgotten.
  static constexpr std::size_t kKept = 64;

  struct Known {
    std::filesystem::file_time_type written;
    std::uintmax_t size = 0;
    NodePtr document;
  };

  std::mutex mutex_;
  std::map<std::filesystem::path, Known> known_;
};

}  // namespace silex::yaml
