// What is done to files, and taken back.
#include "commands/journal.hpp"

#include "temporary_folder.hpp"

#include <silex/error.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace silex::commands {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// Files may not grow over that, as on a disk that is full.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

// Copies onto a disk that has no room, which nobody sees but this process: 0 where all is as it should be, 77
// where the system lets nobody make such a disk.
int copy_to_a_full_disk(const fs::path& from, const fs::path& disk) {
  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
    return 77;
  }
  write(disk / "big", "old");
  const std::string source = read(from);
  std::string error;
  {
    Journal journal;
    error = error_of([&] { journal.copy(from, disk / "big", Existing::replace, {}); });
  }
  const bool is_named = error.find((disk / "big").string()) != std::string::npos &&
                        error.find("No space left on device; free some space there") != std::string::npos;
  const auto entries = std::distance(fs::directory_iterator(disk), fs::directory_iterator());
  if (is_named && read(disk / "big") == "old" && entries == 1 && read(from) == source) return 0;
  std::fprintf(stderr, "%td entries; %s\n", entries, error.c_str());
  return 1;
}

// Another disk than that of temporary files, if there is one.
std::optional<fs::path> other_disk() {
  struct stat here {};
  struct stat there {};
  if (stat(fs::temp_directory_path().c_str(), &here) != 0) return std::nullopt;
  if (stat("/dev/shm", &there) != 0 || here.st_dev == there.st_dev) return std::nullopt;
  return "/dev/shm";
}

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    write(folder_ / "a", "new");
    fs::create_directories(folder_ / "to/inner");
    write(folder_ / "to/a", "old");
    fs::permissions(folder_ / "to/a", fs::perms(0604));
    fs::create_directories(folder_ / "tree/inner");
    write(folder_ / "tree/inner/b", "leaf");
    before_ = folder_.contents();
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> before_;
};

TEST_F(Files, ACopyIsTakenBack) {
  Journal journal;
  journal.make_folders(folder_ / "x/y");
  journal.copy(folder_ / "a", folder_ / "x/y/a", Existing::refuse, {});
  journal.copy(folder_ / "tree", folder_ / "x/y/tree", Existing::refuse, {});
  EXPECT_EQ("new", read(folder_ / "x/y/a"));
  EXPECT_EQ("leaf", read(folder_ / "x/y/tree/inner/b"));
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, WhatACopyReplacesComesBack) {
  Journal journal;
  journal.copy(folder_ / "a", folder_ / "to/a", Existing::replace, {});
  journal.copy(folder_ / "tree", folder_ / "to/inner", Existing::replace, {});
  EXPECT_EQ("new", read(folder_ / "to/a"));
  EXPECT_EQ("leaf", read(folder_ / "to/inner/inner/b"));
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, ACopyThatWasChangedSinceStaysUntilItIsMovedAway) {
  Journal journal;
  journal.copy(folder_ / "a", folder_ / "to/a", Existing::replace, {});
  write(folder_ / "to/a", "a day's work");
  for (int attempt = 0; attempt < 2; ++attempt) {
    EXPECT_THAT(error_of([&] { journal.undo(); }),
                AllOf(HasSubstr((folder_ / "to/a").string()), HasSubstr("was changed since it was copied")));
    EXPECT_EQ("a day's work", read(folder_ / "to/a"));
  }
  fs::rename(folder_ / "to/a", folder_ / "mine");
  journal.undo();
  EXPECT_EQ("a day's work", read(folder_ / "mine"));
  fs::remove(folder_ / "mine");
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, AChangeIsOneOfTimeSizeNameOrLink) {
  fs::create_symlink("nowhere", folder_ / "tree/link");
  write(folder_ / "tree/inner/c", "leaf");
  const std::map<std::string, std::function<void(const fs::path&)>> changes{
      {"a new file", [](const fs::path& tree) { write(tree / "inner/theirs", ""); }},
      {"a new folder", [](const fs::path& tree) { fs::create_directory(tree / "inner/theirs"); }},
      {"another time",
       [](const fs::path& tree) {
         fs::last_write_time(tree / "inner/b",
                             fs::last_write_time(tree / "inner/b") + std::chrono::milliseconds(1));
       }},
      {"another size",
       [](const fs::path& tree) {
         const fs::file_time_type time = fs::last_write_time(tree / "inner/b");
         write(tree / "inner/b", "leaves");
         fs::last_write_time(tree / "inner/b", time);
       }},
      {"another name", [](const fs::path& tree) { fs::rename(tree / "inner/b", tree / "inner/d"); }},
      {"another folder", [](const fs::path& tree) { fs::rename(tree / "inner/b", tree / "b"); }},
      {"another link",
       [](const fs::path& tree) {
         fs::remove(tree / "link");
         fs::create_symlink("elsewhere", tree / "link");
       }},
  };
  for (const auto& [what, change] : changes) {
    Journal journal;
    journal.copy(folder_ / "tree", folder_ / "copy", Existing::refuse, {});
    change(folder_ / "copy");
    const auto changed = folder_.contents();
    EXPECT_THAT(error_of([&] { journal.undo(); }), HasSubstr("was changed")) << what;
    EXPECT_EQ(changed, folder_.contents()) << what;
    fs::remove_all(folder_ / "copy");
  }
}

TEST_F(Files, WhatCameAndWentAgainIsNoChange) {
  Journal journal;
  journal.copy(folder_ / "tree", folder_ / "copy", Existing::refuse, {});
  write(folder_ / "copy/inner/theirs", "1");
  fs::remove(folder_ / "copy/inner/theirs");
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, ACopyThatIsGoneAlreadyIsTakenBack) {
  Journal journal;
  journal.copy(folder_ / "a", folder_ / "to/a", Existing::replace, {});
  fs::remove(folder_ / "to/a");
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, WhatWasReplacedIsGoneWithTheJournal) {
  {
    Journal journal;
    journal.copy(folder_ / "a", folder_ / "to/a", Existing::replace, {});
    EXPECT_EQ(before_.size() + 1, folder_.count());
  }
  EXPECT_EQ(before_.size(), folder_.count());
  EXPECT_EQ("new", read(folder_ / "to/a"));
}

TEST_F(Files, AForkedProcessDeletesNothingThatWasKept) {
  Journal journal;
  journal.remove(folder_ / "a");
  const pid_t child = fork();
  if (child == 0) {
    journal.~Journal();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, ACopyOverWhatHasAppearedMeanwhileIsRefused) {
  Journal journal;
  EXPECT_THAT(error_of([&] { journal.copy(folder_ / "a", folder_ / "to/a", Existing::refuse, {}); }),
              AllOf(HasSubstr((folder_ / "to/a").string()), HasSubstr("File exists")));
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, ACopyThatFailsLeavesTheDestinationAsItWas) {
  write(folder_ / "big", std::string(3'000'000, 'b'));
  before_ = folder_.contents();
  Journal journal;
  std::string error;
  {
    const SmallDisk disk(2'500'000);
    error = error_of([&] { journal.copy(folder_ / "big", folder_ / "to/a", Existing::replace, {}); });
  }
  EXPECT_THAT(error, AllOf(HasSubstr((folder_ / "to/a").string()), HasSubstr("could not be written"),
                           HasSubstr("File too large"), HasSubstr("choose")));
  EXPECT_EQ(before_, folder_.contents());
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, ADiskWithoutRoomIsSaidAndLosesNothing) {
  write(folder_ / "big", std::string(3'000'000, 'b'));
  fs::create_directories(folder_ / "disk");
  const pid_t child = fork();
  if (child == 0) _exit(copy_to_a_full_disk(folder_ / "big", folder_ / "disk"));
  int status = 0;
  ASSERT_EQ(child, waitpid(child, &status, 0));
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "nobody may mount a disk here";
  EXPECT_EQ(0, WEXITSTATUS(status));
}

TEST_F(Files, AFolderThatFailsHalfWayLeavesTheDestinationAsItWas) {
  write(folder_ / "tree/z", std::string(3'000'000, 'z'));
  before_ = folder_.contents();
  Journal journal;
  std::string error;
  {
    const SmallDisk disk(2'500'000);
    error = error_of([&] { journal.copy(folder_ / "tree", folder_ / "to/inner", Existing::replace, {}); });
  }
  EXPECT_THAT(error, HasSubstr((folder_ / "to/inner/z").string()));  // as users know it
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, AStoppedCopyLeavesTheDestinationAsItWas) {
  write(folder_ / "big", std::string(3'000'000, 'b'));
  before_ = folder_.contents();
  Journal journal;
  int looks = 0;
  Watch watch;
  watch.stop_requested = [&] { return ++looks > 3; };
  EXPECT_THROW(journal.copy(folder_ / "big", folder_ / "to/a", Existing::replace, watch), Cancelled);
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, AFailureHalfWayThroughSeveralIsTakenBack) {
  Journal journal;
  journal.make_folders(folder_ / "x");
  journal.copy(folder_ / "a", folder_ / "x/a", Existing::refuse, {});
  journal.move(folder_ / "tree", folder_ / "x/tree", Existing::refuse, {});
  EXPECT_NE("", error_of([&] { journal.copy(folder_ / "gone", folder_ / "x/gone", Existing::refuse, {}); }));
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, AFolderThatMayNotBeWrittenToIsNamed) {
  fs::permissions(folder_.path(), fs::perms(0755));
  Journal journal;
  auto nobody = std::make_unique<AsNobody>();
  EXPECT_THAT(
      error_of([&] { journal.copy(folder_ / "a", folder_ / "to/b", Existing::refuse, {}); }),
      AllOf(HasSubstr((folder_ / "to/b").string()), HasSubstr("Permission denied"), HasSubstr("choose")));
  EXPECT_THAT(error_of([&] { journal.move(folder_ / "a", folder_ / "to/b", Existing::refuse, {}); }),
              AllOf(HasSubstr((folder_ / "a").string()), HasSubstr("Permission denied")));
  EXPECT_THAT(error_of([&] { journal.move(folder_ / "tree", folder_ / "to/a", Existing::replace, {}); }),
              HasSubstr("Permission denied"));
  EXPECT_THAT(error_of([&] { journal.remove(folder_ / "a"); }), HasSubstr("Permission denied"));
  EXPECT_THAT(error_of([&] { journal.make_folders(folder_ / "to/x/y"); }), HasSubstr("Permission denied"));
  nobody.reset();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, AMoveIsTakenBack) {
  Journal journal;
  journal.move(folder_ / "a", folder_ / "to/a", Existing::replace, {});
  journal.move(folder_ / "tree", folder_ / "to/tree", Existing::refuse, {});
  EXPECT_EQ("new", read(folder_ / "to/a"));
  EXPECT_FALSE(fs::exists(folder_ / "a"));
  EXPECT_FALSE(fs::exists(folder_ / "tree"));
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, AMoveToAnotherDiskIsTakenBack) {
  if (!other_disk()) GTEST_SKIP() << "there is one disk only";
  const TemporaryFolder other(*other_disk());
  fs::create_symlink("nowhere", folder_ / "tree/link");
  write(other / "a", "old");
  const auto there = other.contents();
  before_ = folder_.contents();
  {
    Journal journal;
    journal.move(folder_ / "a", other / "a", Existing::replace, {});
    journal.move(folder_ / "tree", other / "tree", Existing::refuse, {});
    EXPECT_EQ("new", read(other / "a"));
    EXPECT_EQ("leaf", read(other / "tree/inner/b"));
    EXPECT_FALSE(fs::exists(folder_ / "a"));
    EXPECT_FALSE(fs::exists(folder_ / "tree"));
    journal.undo();
    EXPECT_EQ(before_, folder_.contents());
    EXPECT_EQ(there, other.contents());
    journal.move(folder_ / "tree", other / "tree", Existing::refuse, {});
  }
  EXPECT_EQ(there.size() + 4, other.count());
  EXPECT_FALSE(folder_.contents().contains("tree"));
}

TEST_F(Files, WhatWasMovedToAnotherDiskAndChangedThereStays) {
  if (!other_disk()) GTEST_SKIP() << "there is one disk only";
  const TemporaryFolder other(*other_disk());
  write(other / "a", "old");
  const auto there = other.contents();
  {
    Journal journal;
    journal.move(folder_ / "a", other / "a", Existing::replace, {});
    write(other / "a", "a day's work");
    EXPECT_THAT(error_of([&] { journal.undo(); }), HasSubstr("was changed since it was copied"));
    EXPECT_EQ("a day's work", read(other / "a"));
    EXPECT_EQ(before_, folder_.contents());
    fs::rename(other / "a", other / "mine");
    journal.undo();
  }
  EXPECT_EQ("a day's work", read(other / "mine"));
  fs::remove(other / "mine");
  EXPECT_EQ(there, other.contents());
}

TEST_F(Files, AMoveToAnotherDiskThatFailsTouchesNeither) {
  if (!other_disk()) GTEST_SKIP() << "there is one disk only";
  const TemporaryFolder other(*other_disk());
  write(other / "tree", "old");
  write(folder_ / "tree/z", std::string(3'000'000, 'z'));
  before_ = folder_.contents();
  const auto there = other.contents();
  Journal journal;
  {
    const SmallDisk disk(2'500'000);
    EXPECT_THAT(error_of([&] { journal.move(folder_ / "tree", other / "tree", Existing::replace, {}); }),
                HasSubstr("File too large"));
  }
  EXPECT_EQ(before_, folder_.contents());
  EXPECT_EQ(there, other.contents());
}

TEST_F(Files, WhatIsRemovedComesBackUntilTheJournalIsGone) {
  {
    Journal journal;
    journal.remove(folder_ / "tree");
    journal.remove(folder_ / "a");
    journal.undo();
    EXPECT_EQ(before_, folder_.contents());
    journal.remove(folder_ / "tree");
    EXPECT_FALSE(fs::exists(folder_ / "tree"));
  }
  EXPECT_EQ(before_.size() - 3, folder_.count());
}

TEST_F(Files, AMadeFolderStaysWhereOthersHavePutSomething) {
  Journal journal;
  journal.make_folders(folder_ / "x/y/z");
  journal.make_folders(folder_ / "to/inner");
  write(folder_ / "x/theirs", "1");
  journal.undo();
  EXPECT_FALSE(fs::exists(folder_ / "x/y"));
  EXPECT_EQ("1", read(folder_ / "x/theirs"));
  EXPECT_TRUE(fs::exists(folder_ / "to/inner"));
}

TEST_F(Files, AFolderInThePlaceOfAFileIsRefused) {
  Journal journal;
  EXPECT_THAT(error_of([&] { journal.make_folders(folder_ / "a"); }), HasSubstr("is a file"));
  EXPECT_THAT(error_of([&] { journal.make_folders(folder_ / "a/b/c"); }), HasSubstr("is a file"));
  EXPECT_EQ(before_, folder_.contents());
}

TEST_F(Files, WhatCantBeBroughtBackIsNamedAndKept) {
  {
    Journal journal;
    journal.remove(folder_ / "a");
    journal.move(folder_ / "tree", folder_ / "to/tree", Existing::refuse, {});
    write(folder_ / "a", "somebody else's");
    EXPECT_THAT(error_of([&] { journal.undo(); }),
                AllOf(HasSubstr((folder_ / "a").string()), HasSubstr("could not be brought back from")));
    EXPECT_EQ("leaf", read(folder_ / "tree/inner/b"));  // the rest was
  }
  EXPECT_EQ("somebody else's", read(folder_ / "a"));
  EXPECT_EQ(before_.size() + 1, folder_.count());
}

TEST_F(Files, AnUndoThatFailedCanBeTriedAgain) {
  Journal journal;
  journal.remove(folder_ / "a");
  write(folder_ / "a", "somebody else's");
  EXPECT_NE("", error_of([&] { journal.undo(); }));
  fs::remove(folder_ / "a");
  journal.undo();
  EXPECT_EQ(before_, folder_.contents());
}

}  // namespace
}  // namespace silex::commands
