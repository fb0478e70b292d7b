// copy_tree() of files.hpp.
#include "commands/file_error.hpp"
#include "commands/files.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <vector>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

// Between two looks at whether it is still wanted.
constexpr std::size_t kChunk = std::size_t{1} << 20U;

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// "e": a program that the host starts meanwhile does not get it. Not buffered: it goes by chunks already.
File open(const fs::path& path, const char* mode) {
  File file(std::fopen(path.c_str(), mode));
  if (file) std::setvbuf(file.get(), nullptr, _IONBF, 0);
  return file;
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

class TreeCopy {
 public:
  TreeCopy(const fs::path& at, const fs::path& shown, const Watch& watch)
      : at_(at), shown_(shown), watch_(watch), buffer_(kChunk) {}

  void copy(const fs::path& from, const fs::path& to, Links links) {
    check_stop();
    std::error_code error;
    const fs::file_status status =
        links == Links::follow ? fs::status(from, error) : fs::symlink_status(from, error);
    if (fs::exists(status)) error.clear();
    check(error, from, "could not be read");
    switch (status.type()) {
      case fs::file_type::regular:
        return copy_file(from, to, status.permissions());
      case fs::file_type::directory:
        return copy_folder(from, to, status.permissions());
      case fs::file_type::symlink:
        fs::copy_symlink(from, to, error);
        return check_written(error, to);
      default:
        throw file_error(quoted(from) +
                         " is a device, a pipe or a socket, which can't be copied: leave it out");
    }
  }

 private:
  void check_stop() const {
    if (watch_.stop_requested()) throw Cancelled();
  }
  void check_written(const std::error_code& error, const fs::path& to) const {
    if (!error) return;
    const fs::path inner = to.lexically_relative(at_);
    throw file_error(inner == "." ? shown_ : shown_ / inner, "could not be written", error);
  }

  void copy_file(const fs::path& from, const fs::path& to, fs::perms permissions) {
    const File in = open(from, "rbe");
    if (!in) throw file_error(from, "could not be read", last_error());
    File out = open(to, "wbxe");
    if (!out) check_written(last_error(), to);
    std::error_code error;
    // Whoever may not read the source may not read the copy, at no time.
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    copy_bytes(*in, from, *out, to);
    // Some network disks say only now that they are full.
    if (std::fclose(out.release()) != 0) check_written(last_error(), to);
    // A copy is not the owner's program any more: without set-user-id.
    finish(from, to, permissions & fs::perms::all);
  }

  void copy_bytes(std::FILE& in, const fs::path& from, std::FILE& out, const fs::path& to) {
    for (;;) {
      check_stop();
      const std::size_t count = std::fread(buffer_.data(), 1, buffer_.size(), &in);
      if (std::ferror(&in)) throw file_error(from, "could not be read", last_error());
      if (count == 0) return;
      if (std::fwrite(buffer_.data(), 1, count, &out) != count) check_written(last_error(), to);
      watch_.copied(count);
    }
  }

  void copy_folder(const fs::path& from, const fs::path& to, fs::perms permissions) {
    std::error_code error;
    fs::create_directory(to, error);
    check_written(error, to);
    fs::permissions(to, fs::perms::group_all | fs::perms::others_all, fs::perm_options::remove, error);
    fs::directory_iterator entry(from, error);
    while (!error && entry != fs::directory_iterator()) {
      copy(entry->path(), to / entry->path().filename(), Links::keep);
      entry.increment(error);
    }
    check(error, from, "could not be listed");
    finish(from, to, permissions);
  }

  // What a disk can't keep of these is no reason to give up what it has kept.
  static void finish(const fs::path& from, const fs::path& to, fs::perms permissions) {
    std::error_code error;
    const fs::file_time_type time = fs::last_write_time(from, error);
    if (!error) fs::last_write_time(to, time, error);
    fs::permissions(to, permissions, error);
  }

  const fs::path& at_;
  const fs::path& shown_;
  const Watch& watch_;
  std::vector<char> buffer_;
};

}  // namespace

void copy_tree(const fs::path& source, const fs::path& at, const fs::path& shown, Links links,
               const Watch& watch) {
  if (is_there(at)) throw file_error(shown, "could not be written", make_error_code(std::errc::file_exists));
  try {
    TreeCopy(at, shown, watch).copy(source, at, links);
  } catch (...) {
    try_to_remove_tree(at);
    throw;
  }
}

}  // namespace silex::commands
