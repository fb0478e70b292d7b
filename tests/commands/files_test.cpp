// Copies and removals of files and folders, without a runtime.
#include "commands/files.hpp"

#include "temporary_folder.hpp"

#include <silex/error.hpp>

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace silex::commands {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Trees, ACopyHasTheBytesThePermissionsAndTheTimes) {
  const TemporaryFolder folder;
  std::string bytes(3'000'000, 'x');
  bytes[2'999'999] = '\0';
  write(folder / "a.exr", bytes);
  fs::permissions(folder / "a.exr", fs::perms(0640));
  fs::last_write_time(folder / "a.exr", fs::file_time_type::clock::now() - std::chrono::hours(100));
  copy_tree(folder / "a.exr", folder / "b.exr", folder / "b.exr", Links::follow, {});
  EXPECT_EQ(bytes, read(folder / "b.exr"));
  EXPECT_EQ(fs::perms(0640), fs::status(folder / "b.exr").permissions());
  EXPECT_EQ(fs::last_write_time(folder / "a.exr"), fs::last_write_time(folder / "b.exr"));
}

TEST(Trees, AFolderIsCopiedWithItsLinksAsLinksAndItsReadOnlyFolders) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "from/closed/empty");
  write(folder / "from/closed/a", "1");
  fs::create_symlink("nowhere", folder / "from/link");
  fs::permissions(folder / "from/closed", fs::perms(0555));
  const TemporaryFolder other;
  fs::remove(other.path());
  copy_tree(folder / "from", other.path(), other.path(), Links::follow, {});
  const TemporaryFolder third;
  fs::remove(third.path());
  fs::rename(folder / "from", third.path());
  EXPECT_EQ(third.contents(), other.contents());
  fs::permissions(other / "closed", fs::perms(0755));
  fs::permissions(third / "closed", fs::perms(0755));
}

TEST(Trees, ALinkIsFollowedOrKept) {
  const TemporaryFolder folder;
  write(folder / "file", "text");
  fs::create_symlink("file", folder / "link");
  copy_tree(folder / "link", folder / "followed", folder / "followed", Links::follow, {});
  copy_tree(folder / "link", folder / "kept", folder / "kept", Links::keep, {});
  EXPECT_FALSE(fs::is_symlink(folder / "followed"));
  EXPECT_EQ("text", read(folder / "followed"));
  EXPECT_EQ("file", fs::read_symlink(folder / "kept"));
}

TEST(Trees, BytesAreCountedAsTheyAreCopied) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "from/inner");
  write(folder / "from/a", std::string(1'500'000, 'a'));
  write(folder / "from/inner/b", std::string(7, 'b'));
  std::uintmax_t copied = 0;
  Watch watch;
  watch.copied = [&](std::uintmax_t bytes) { copied += bytes; };
  copy_tree(folder / "from", folder / "to", folder / "to", Links::follow, watch);
  EXPECT_EQ(1'500'007U, copied);
  EXPECT_EQ(1'500'007U, bytes_in(folder / "from", Links::follow, {}));
}

TEST(Trees, ACopyThatIsStoppedBetweenChunksLeavesNothing) {
  const TemporaryFolder folder;
  write(folder / "a", std::string(4'000'000, 'a'));
  int chunks = 0;
  Watch watch;
  watch.copied = [&](std::uintmax_t) { ++chunks; };
  watch.stop_requested = [&] { return chunks == 2; };
  EXPECT_THROW(copy_tree(folder / "a", folder / "b", folder / "b", Links::follow, watch), Cancelled);
  EXPECT_EQ(2, chunks);
  EXPECT_EQ(1U, folder.count());
}

TEST(Trees, APipeIsRefusedInsteadOfWaitedFor) {
  const TemporaryFolder folder;
  ASSERT_EQ(0, mkfifo((folder / "pipe").c_str(), 0600));
  EXPECT_THAT(error_of([&] { copy_tree(folder / "pipe", folder / "b", folder / "b", Links::follow, {}); }),
              AllOf(HasSubstr((folder / "pipe").string()), HasSubstr("can't be copied")));
}

TEST(Trees, ReadOnlyFoldersAreRemovedToo) {
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms(0777));
  const AsNobody nobody;
  fs::create_directories(folder / "a/b");
  write(folder / "a/b/c", "1");
  fs::permissions(folder / "a/b", fs::perms(0555));
  fs::permissions(folder / "a", fs::perms(0));
  remove_tree(folder / "a");
  EXPECT_EQ(0U, folder.count());
  remove_tree(folder / "a");
}

TEST(Trees, RemovingALinkLeavesWhatItLeadsTo) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "real");
  write(folder / "real/a", "1");
  fs::create_symlink("real", folder / "link");
  remove_tree(folder / "link");
  EXPECT_EQ("1", read(folder / "real/a"));
}

TEST(Trees, AHiddenNeighbourOfAVeryLongNameCanBeMade) {
  const TemporaryFolder folder;
  const fs::path neighbour = hidden_neighbour(folder / std::string(255, 'n'));
  write(neighbour, "1");
  EXPECT_EQ("1", read(neighbour));
  EXPECT_TRUE(neighbour.filename().string().starts_with(".nnn"));
}

TEST(Trees, AFreeNameCountsOnAndKeepsTheExtension) {
  const TemporaryFolder folder;
  write(folder / "a.exr", "");
  write(folder / "a_2.exr", "");
  fs::create_directory(folder / "v1.0");
  EXPECT_EQ(folder / "a_3.exr", free_neighbour(folder / "a.exr"));
  EXPECT_EQ(folder / "v1.0_2", free_neighbour(folder / "v1.0"));
}

TEST(Trees, NothingCanBePutIntoItselfOrOverItself) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "a/b");
  write(folder / "file", "1");
  fs::create_symlink("a", folder / "link");
  fs::create_hard_link(folder / "file", folder / "same");
  const auto fault = [&](const char* source, const char* destination) {
    return error_of([&] { check_places(folder / source, folder / destination); });
  };
  EXPECT_THAT(fault("file", "file"), HasSubstr("is the source and the destination"));
  EXPECT_THAT(fault("a/b", "link/b"), HasSubstr("is the source and the destination"));
  EXPECT_THAT(fault("file", "same"), HasSubstr("is the source and the destination"));
  EXPECT_THAT(fault("a", "a/b/a"), HasSubstr("can't be put into itself"));
  EXPECT_THAT(fault("a", "link/new/folder"), HasSubstr("can't be put into itself"));
  EXPECT_THAT(fault("a/b", "a"), HasSubstr("lies inside of it"));
  EXPECT_EQ("", fault("a", "ab"));
  EXPECT_EQ("", fault("file", "a/file"));
}

}  // namespace
}  // namespace silex::commands
