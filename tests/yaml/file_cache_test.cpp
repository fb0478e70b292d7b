#include "yaml/file_cache.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace silex::yaml {
namespace {

class FileCacheTest : public testing::Test {
 protected:
  ~FileCacheTest() override { std::filesystem::remove(file_); }
  void write(const std::string& text) const { std::ofstream(file_) << text; }
  const std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("silex_file_cache_" + std::to_string(::getpid()) + ".yml");
  FileCache cache_;
  Findings findings_;
};

TEST_F(FileCacheTest, AFileThatHasNotChangedIsParsedOnce) {
  write("a: 1");
  const NodePtr first = cache_.read(file_, findings_);
  EXPECT_EQ(first->entries[0].value->text, "1");
  EXPECT_EQ(cache_.read(file_, findings_), first);
}

TEST_F(FileCacheTest, AFileThatHasChangedIsReadAgain) {
  write("a: 1");
  static_cast<void>(cache_.read(file_, findings_));
  write("a: 22");
  EXPECT_EQ(cache_.read(file_, findings_)->entries[0].value->text, "22");
  write("a: 33");
  // Of the same size, and perhaps within one tick of the file system's clock.
  std::filesystem::last_write_time(file_, std::filesystem::last_write_time(file_) + std::chrono::seconds(1));
  EXPECT_EQ(cache_.read(file_, findings_)->entries[0].value->text, "33");
}

TEST_F(FileCacheTest, EachReaderIsToldWhatIsWrong) {
  write("a: [");
  EXPECT_EQ(cache_.read(file_, findings_), nullptr);
  Findings again;
  EXPECT_EQ(cache_.read(file_, again), nullptr);
  EXPECT_EQ(again.text(), findings_.text());
  EXPECT_FALSE(again.empty());
}

TEST_F(FileCacheTest, AMissingFileIsAFindingAndOneThatComesIsRead) {
  EXPECT_EQ(cache_.read(file_, findings_), nullptr);
  EXPECT_FALSE(findings_.empty());
  write("a: 1");
  Findings none;
  EXPECT_NE(cache_.read(file_, none), nullptr);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace silex::yaml
