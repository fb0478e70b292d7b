#include "commands/files.hpp"

#include "commands/file_error.hpp"
#include "platform/uuid.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

// Of a folder; listed first, since it changes while its tree is removed.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  while (!error && entry != fs::directory_iterator()) {
    entries.push_back(entry->path());
    entry.increment(error);
  }
  check(error, folder, "could not be listed");
  return entries;
}

// A sum, so that the order in which a folder is listed means nothing.
std::uint64_t fingerprint_of(const fs::path& path, const std::string& name) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  check(error, path, "could not be looked at");
  std::string facts = name + '\n' + std::to_string(static_cast<int>(type));
  std::uint64_t sum = 0;
  if (type == fs::file_type::regular) {
    facts += ' ' + std::to_string(fs::file_size(path, error));
    if (!error) facts += ' ' + std::to_string(fs::last_write_time(path, error).time_since_epoch().count());
  } else if (type == fs::file_type::symlink) {
    facts += ' ' + fs::read_symlink(path, error).string();
  } else if (type == fs::file_type::directory) {
    // Without its time: what came and went again has changed that.
    for (const fs::path& entry : entries_of(path)) {
      sum += fingerprint_of(entry, name + '/' + entry.filename().string());
    }
  }
  check(error, path, "could not be looked at");
  return sum + std::hash<std::string>()(facts);
}

bool is_in(const fs::path& inner, const fs::path& outer) {
  const auto [of_outer, of_inner] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return of_outer == outer.end();
}

// With the links on the way to it resolved, but not itself: it may be one.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  const fs::path parent = fs::weakly_canonical(path.parent_path(), error);
  check(error, path.parent_path(), "could not be reached");
  return parent / path.filename();
}

}  // namespace

bool is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::none) check(error, path, "could not be looked at");
  return fs::exists(status);
}

std::uintmax_t bytes_in(const fs::path& source, Links links, const Watch& watch) {
  if (watch.stop_requested()) throw Cancelled();
  std::error_code error;
  const fs::file_status status =
      links == Links::follow ? fs::status(source, error) : fs::symlink_status(source, error);
  check(error, source, "could not be read");
  if (fs::is_regular_file(status)) {
    const std::uintmax_t size = fs::file_size(source, error);
    check(error, source, "could not be read");
    return size;
  }
  if (!fs::is_directory(status)) return 0;
  std::uintmax_t sum = 0;
  for (const fs::path& entry : entries_of(source)) sum += bytes_in(entry, Links::keep, watch);
  return sum;
}

std::uint64_t fingerprint_of(const fs::path& tree) {
  return fingerprint_of(tree, "");
}

void remove_tree(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (fs::is_directory(status)) {
    if ((status.permissions() & fs::perms::owner_all) != fs::perms::owner_all) {
      fs::permissions(path, fs::perms::owner_all, fs::perm_options::add, error);  // else removing it says why
    }
    for (const fs::path& entry : entries_of(path)) remove_tree(entry);
  }
  fs::remove(path, error);
  check(error, path, "could not be removed");
}

void try_to_remove_tree(const fs::path& path) noexcept {
  try {
    remove_tree(path);
  } catch (...) {  // NOLINT(bugprone-empty-catch): there is nobody to tell
  }
}

fs::path hidden_neighbour(const fs::path& path) {
  constexpr std::size_t kLongestName = 255;
  const std::string end = ".silex-" + platform::new_uuid();
  const std::string name = path.filename().string().substr(0, kLongestName - 1 - end.size());
  return path.parent_path() / ("." + name + end);
}

fs::path free_neighbour(const fs::path& path) {
  std::error_code ignored;
  const bool is_folder = fs::is_directory(path, ignored);  // a point in its name means nothing
  const fs::path stem = is_folder ? path.filename() : path.stem();
  const fs::path extension = is_folder ? fs::path() : path.extension();
  for (int number = 2;; ++number) {
    fs::path name = stem;
    name += "_" + std::to_string(number);
    name += extension;
    fs::path neighbour = path.parent_path() / name;
    if (!is_there(neighbour)) return neighbour;
  }
}

void check_places(const fs::path& source, const fs::path& destination) {
  const fs::path from = resolved(source);
  const fs::path to = resolved(destination);
  std::error_code ignored;
  // Another spelling of a name is the same file on some disks; and what a link leads to must not be replaced
  // with itself.
  const bool is_same =
      from == to || (fs::exists(fs::symlink_status(to, ignored)) &&
                     !fs::is_symlink(fs::symlink_status(to, ignored)) && fs::equivalent(from, to, ignored));
  if (is_same) {
    throw file_error(quoted(source) + " is the source and the destination: choose another destination");
  }
  if (is_in(to, from)) {
    throw file_error(quoted(source) + " can't be put into itself, at " + quoted(destination) +
                     ": choose a destination outside of it");
  }
  if (is_in(from, to)) {
    throw file_error(quoted(destination) + " can't be replaced with " + quoted(source) +
                     ", which lies inside of it: choose another destination");
  }
}

}  // namespace silex::commands
