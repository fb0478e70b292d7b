// Files and whole folders: looked at, copied in chunks, removed. All of it blocks, and throws errors of one
// sentence. [any-thread]
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace silex::commands {

// Who watches a copy. Both are called on the thread that copies.
struct Watch {
  std::function<bool()> stop_requested = [] { return false; };         // true: it ends with Cancelled
  std::function<void(std::uintmax_t)> copied = [](std::uintmax_t) {};  // that many more bytes
};

// What a copy makes of the source itself where that is a symbolic link; those inside of it stay links.
enum class Links { follow, keep };

// Whether there is anything at this path; a link that leads nowhere is something too.
bool is_there(const std::filesystem::path& path);

// How many bytes a copy of it writes.
std::uintmax_t bytes_in(const std::filesystem::path& source, Links links, const Watch& watch);

// Copies a file or a folder with its permissions and times to `at`, where nothing is. Leaves nothing there
// where it fails. `shown` is what errors call the place.
void copy_tree(const std::filesystem::path& source, const std::filesystem::path& at,
               const std::filesystem::path& shown, Links links, const Watch& watch);

// Stands for what a user would lose with it: its files, folders and links by name, with sizes, times and
// targets. Nothing is opened; where it is itself means nothing.
std::uint64_t fingerprint_of(const std::filesystem::path& tree);

// Removes a file, or a folder with all that is in it, read-only folders too. Nothing there is no error.
void remove_tree(const std::filesystem::path& path);

// The same, as far as it goes.
void try_to_remove_tree(const std::filesystem::path& path) noexcept;

// ".<name>.silex-<uuid>" next to it: a name that nothing has, and that users are not shown.
std::filesystem::path hidden_neighbour(const std::filesystem::path& path);

// "<stem>_2<extension>" next to it, or the first number from there on that nothing has.
std::filesystem::path free_neighbour(const std::filesystem::path& path);

// Throws where `source` can't come to be at `destination` because one is the other, or lies within it.
void check_places(const std::filesystem::path& source, const std::filesystem::path& destination);

}  // namespace silex::commands
