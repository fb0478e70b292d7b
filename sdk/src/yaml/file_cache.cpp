#include "yaml/file_cache.hpp"

#include "yaml/reader.hpp"

#include <system_error>

namespace silex::yaml {

bool FileCache::has(const std::filesystem::path& file) const {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  return std::filesystem::exists(status) && !std::filesystem::is_directory(status);
}

NodePtr FileCache::read(const std::filesystem::path& file, Findings& findings) {
  // Before it is read: what is written meanwhile is seen the next time.
  std::error_code no_time;
  std::error_code no_size;
  const auto written = std::filesystem::last_write_time(file, no_time);
  const auto size = std::filesystem::file_size(file, no_size);
  const bool can_be_kept = !no_time && !no_size;
  if (can_be_kept) {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(file);
    if (known != known_.end() && known->second.written == written && known->second.size == size) {
      return known->second.document;
    }
  }
  const std::size_t before = findings.size();
  NodePtr document = read_file(file, findings);
  if (!can_be_kept || findings.size() != before) return document;
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kKept) known_.clear();
  known_[file] = {written, size, document};
  return document;
}

}  // namespace silex::yaml
