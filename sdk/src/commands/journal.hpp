// What a command has done to the file system, so that it can be taken back: each thing that is done here is
// written down before, and undone in reverse order. What is replaced or removed is kept next to its place,
// hidden, until the journal is gone.
#pragma once

#include "commands/files.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace silex::commands {

// What becomes of that which is at a destination.
enum class Existing { refuse, replace };

// Of one thread at a time; all of it blocks. What fails throws an error of one sentence, and leaves the file
// system as it was.
class Journal {
 public:
  Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  // As remove_kept().
  ~Journal();

  // Makes the folder, and those on the way to it.
  void make_folders(const std::filesystem::path& folder);
  // The copy is at its place only when it is whole.
  void copy(const std::filesystem::path& source, const std::filesystem::path& destination, Existing existing,
            const Watch& watch);
  // Copies where the destination is on another disk.
  void move(const std::filesystem::path& source, const std::filesystem::path& destination, Existing existing,
            const Watch& watch);
  void remove(const std::filesystem::path& path);

  // Whether remove_kept() has anything to do.
  [[nodiscard]] bool keeps_any() const noexcept;
  // Deletes what was kept, for good: nothing can be taken back any more. Not in a process that was forked
  // from the one which made it, and not where an undo could not bring all of it back.
  void remove_kept() noexcept;

  // Takes it all back. What can't be is left for the next time, and said in one error after all else is
  // done; nothing that was kept is ever deleted then. A copy that was changed since stays where it is.
  void undo();

 private:
  enum class Kind : std::uint8_t { made_folder, made_copy, moved, put_aside };
  struct Step {
    Kind kind;
    std::filesystem::path place;    // where something was, or came to be
    std::filesystem::path kept{};   // where it is now
    std::uint64_t fingerprint = 0;  // of a copy
  };

  // Does it, and writes it down for undo().
  template <typename Do>
  void record(Step step, const Do& act);
  // Runs `act`; where it throws, takes back what it has recorded.
  template <typename Act>
  void all_or_nothing(const Act& act);
  void put_in_place(const std::filesystem::path& copy, const std::filesystem::path& destination,
                    Existing existing);
  static void take_back(const Step& step);

  std::vector<Step> steps_;
  const std::uint64_t process_;
  bool keeps_all_ = false;
};

}  // namespace silex::commands
