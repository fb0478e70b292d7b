// A folder for one test, with what is needed to say what is in it.
#pragma once

#include "platform/uuid.hpp"

#include <silex/error.hpp>

#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>

#include <unistd.h>

namespace silex::commands {

namespace fs = std::filesystem;

inline void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The sentence that it throws; "": none.
inline std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

class TemporaryFolder {
 public:
  explicit TemporaryFolder(const fs::path& in = fs::temp_directory_path())
      : path_(in / ("silex-commands-" + platform::new_uuid())) {
    fs::create_directories(path_);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  [[nodiscard]] const fs::path& path() const { return path_; }
  fs::path operator/(const std::string& name) const { return path_ / name; }

  // All that is in it, hidden files too: the text of files, "/" for folders, "-> x" for links; with their
  // permissions, and the times of files.
  [[nodiscard]] std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      const auto permissions = static_cast<unsigned>(entry.symlink_status().permissions());
      std::string text = std::to_string(permissions) + " ";
      if (entry.is_symlink()) {
        text += "-> " + fs::read_symlink(entry).string();
      } else if (entry.is_directory()) {
        text += "/";
      } else {
        text += std::to_string(entry.last_write_time().time_since_epoch().count()) + " " + read(entry.path());
      }
      all[entry.path().lexically_relative(path_).string()] = text;
    }
    return all;
  }
  // Files and folders in it, hidden ones too.
  [[nodiscard]] std::size_t count() const { return contents().size(); }

 private:
  fs::path path_;
};

// Nobody's rights, for a test of what root may do and others may not.
class AsNobody {
 public:
  AsNobody() : is_root_(geteuid() == 0) {
    if (is_root_ && seteuid(65534) != 0) is_root_ = false;
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (is_root_ && seteuid(0) != 0) std::terminate();
  }

 private:
  bool is_root_;
};

}  // namespace silex::commands
