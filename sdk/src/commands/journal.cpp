#include "commands/journal.hpp"

#include "commands/file_error.hpp"
#include "platform/process.hpp"
#include "platform/rename.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

namespace silex::commands {

namespace fs = std::filesystem;

namespace {

bool is_other_disk(const std::error_code& error) {
  return error == std::errc::cross_device_link;
}

}  // namespace

Journal::Journal() : process_(platform::process_id()) {}

Journal::~Journal() {
  remove_kept();
}

bool Journal::keeps_any() const noexcept {
  if (keeps_all_ || platform::process_id() != process_) return false;
  return std::any_of(steps_.begin(), steps_.end(),
                     [](const Step& step) { return step.kind == Kind::put_aside; });
}

void Journal::remove_kept() noexcept {
  if (!keeps_any()) return;
  for (const Step& step : steps_) {
    if (step.kind == Kind::put_aside) try_to_remove_tree(step.kept);
  }
  steps_.clear();
}

template <typename Do>
void Journal::record(Step step, const Do& act) {
  steps_.push_back(std::move(step));
  try {
    act(steps_.back());
  } catch (...) {
    steps_.pop_back();
    throw;
  }
}

template <typename Act>
void Journal::all_or_nothing(const Act& act) {
  const std::size_t before = steps_.size();
  try {
    act();
  } catch (...) {
    while (steps_.size() > before) {
      try {
        take_back(steps_.back());
      } catch (...) {
        keeps_all_ = true;  // undo() tries again
        break;
      }
      steps_.pop_back();
    }
    throw;
  }
}

void Journal::make_folders(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (fs::is_directory(status)) return;
  if (fs::exists(status)) {
    throw file_error(quoted(folder) + " is a file, and no folder can be made there: choose another folder");
  }
  all_or_nothing([&] {
    if (folder.has_relative_path() && folder.parent_path() != folder) make_folders(folder.parent_path());
    steps_.push_back({Kind::made_folder, folder});
    std::error_code failure;
    const bool is_new = fs::create_directory(folder, failure);
    if (!is_new) steps_.pop_back();
    check(failure, folder, "could not be made");
  });
}

void Journal::put_in_place(const fs::path& copy, const fs::path& destination, Existing existing) {
  all_or_nothing([&] {
    if (existing == Existing::replace && is_there(destination)) remove(destination);
    // Before anybody can get at it.
    record({Kind::made_copy, destination, {}, fingerprint_of(copy)}, [&](const Step&) {
      check(platform::rename_to_new(copy, destination), destination, "could not be written");
    });
  });
}

void Journal::copy(const fs::path& source, const fs::path& destination, Existing existing,
                   const Watch& watch) {
  check_places(source, destination);
  const fs::path copy = hidden_neighbour(destination);
  copy_tree(source, copy, destination, Links::follow, watch);
  try {
    put_in_place(copy, destination, existing);
  } catch (...) {
    try_to_remove_tree(copy);
    throw;
  }
}

void Journal::move(const fs::path& source, const fs::path& destination, Existing existing,
                   const Watch& watch) {
  if (watch.stop_requested()) throw Cancelled();
  check_places(source, destination);
  std::error_code error;
  try {
    all_or_nothing([&] {
      if (existing == Existing::replace && is_there(destination)) remove(destination);
      record({Kind::moved, source, destination}, [&](const Step&) {
        error = platform::rename_to_new(source, destination);
        check(error, source, "could not be moved to " + quoted(destination));
      });
    });
    return;
  } catch (const Error&) {
    if (!is_other_disk(error)) throw;
  }
  const fs::path copy = hidden_neighbour(destination);
  copy_tree(source, copy, destination, Links::keep, watch);
  try {
    all_or_nothing([&] {
      put_in_place(copy, destination, existing);
      remove(source);
    });
  } catch (...) {
    try_to_remove_tree(copy);
    throw;
  }
}

void Journal::remove(const fs::path& path) {
  record({Kind::put_aside, path, hidden_neighbour(path)}, [](const Step& step) {
    check(platform::rename_to_new(step.place, step.kept), step.place, "could not be removed");
  });
}

void Journal::take_back(const Step& step) {
  std::error_code error;
  switch (step.kind) {
    case Kind::made_folder:
      // What others have put into it stays; and so does a file that others have put at its place.
      if (fs::is_directory(fs::symlink_status(step.place, error))) fs::remove(step.place, error);
      return;
    case Kind::made_copy: {
      if (!is_there(step.place)) return;
      if (fingerprint_of(step.place) != step.fingerprint) {
        throw file_error(quoted(step.place) +
                         " was changed since it was copied, and would be lost: move it away, and undo again");
      }
      // Away in one: were it to fail half-way, what is left would look like a change.
      const fs::path gone = hidden_neighbour(step.place);
      check(platform::rename_to_new(step.place, gone), step.place, "could not be removed");
      return remove_tree(gone);
    }
    case Kind::moved:
    case Kind::put_aside:
      error = platform::rename_to_new(step.kept, step.place);
      return check(error, step.place, "could not be brought back from " + quoted(step.kept));
  }
}

void Journal::undo() {
  std::vector<Step> left;
  std::string first;
  while (!steps_.empty()) {
    try {
      take_back(steps_.back());
    } catch (const std::exception& failure) {
      if (first.empty()) first = failure.what();
      left.insert(left.begin(), steps_.back());
    }
    steps_.pop_back();
  }
  steps_ = std::move(left);
  keeps_all_ = !steps_.empty();
  if (keeps_all_) throw file_error(first);
}

}  // namespace silex::commands
