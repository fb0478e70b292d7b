// The log's level and file.
#include "runtime/logger.hpp"

#include "folder.hpp"
#include "platform/thread.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <sys/wait.h>

namespace silex::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class LoggerTest : public testing::Test {
 protected:
  LoggerTest() {
    platform::watch_for_forks();
    options_.folder = (folder_.path() / "logs").string();
  }
  std::unique_ptr<Logger> make() {
    return std::make_unique<Logger>(
        [](void* data, silex_log_level, const char* line) {
          static_cast<std::vector<std::string>*>(data)->emplace_back(line);
        },
        &lines_, options_);
  }
  [[nodiscard]] std::filesystem::path file(const std::string& host,
                                           const std::string& ending = ".log") const {
    return std::filesystem::path(options_.folder) /
           ("silex-" + host + "-" + std::to_string(getpid()) + ending);
  }
  Folder folder_;
  LogOptions options_;
  std::vector<std::string> lines_;
};

TEST_F(LoggerTest, WithoutALevelGivesTheSinkAllAndTheFileFromInfoUp) {
  auto logger = make();
  logger->open_file("toy");
  logger->write(SILEX_LOG_DEBUG, "small");
  logger->write(SILEX_LOG_INFO, "large");
  EXPECT_THAT(lines_, ElementsAre("small", "large"));
  const std::string text = Folder::read(file("toy"));
  EXPECT_THAT(text, Not(HasSubstr("small")));
  EXPECT_THAT(text, HasSubstr(" info ["));
  EXPECT_THAT(text, HasSubstr("] large\n"));
}

TEST_F(LoggerTest, ALevelCountsForSinkAndFile) {
  options_.level = SILEX_LOG_ERROR;
  auto logger = make();
  logger->open_file("toy");
  logger->write(SILEX_LOG_WARNING, "small");
  logger->write(SILEX_LOG_ERROR, "large");
  logger->write(SILEX_LOG_CRITICAL, "largest");
  EXPECT_THAT(lines_, ElementsAre("large", "largest"));
  EXPECT_THAT(Folder::read(file("toy")), Not(HasSubstr("small")));
}

TEST_F(LoggerTest, HoldsTheFirstLinesUntilTheHostIsKnown) {
  auto logger = make();
  logger->write(SILEX_LOG_INFO, "early");
  EXPECT_FALSE(std::filesystem::exists(options_.folder));
  logger->open_file("toy");
  logger->open_file("other");
  logger->write(SILEX_LOG_INFO, "late");
  const std::string text = Folder::read(file("toy"));
  EXPECT_LT(text.find("early"), text.find("late"));
  EXPECT_FALSE(std::filesystem::exists(file("other")));
}

TEST_F(LoggerTest, WritesWhatItHoldsWhenItGoes) {
  make()->write(SILEX_LOG_INFO, "never started");
  EXPECT_THAT(Folder::read(file("host")), HasSubstr("never started"));
  options_.folder = (folder_.path() / "second").string();
  make();
  EXPECT_FALSE(std::filesystem::exists(options_.folder));
}

TEST_F(LoggerTest, PutsFullFilesAsideAndKeepsSoMany) {
  options_.file_size = 4096;
  options_.files = 2;
  auto logger = make();
  logger->open_file("toy");
  for (int i = 0; i < 200; ++i)
    logger->write(SILEX_LOG_INFO, "line " + std::to_string(i) + std::string(80, '.'));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(options_.folder)) {
    EXPECT_LE(entry.file_size(), 4096U) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 3U);
  EXPECT_THAT(Folder::read(file("toy")), HasSubstr("line 199."));
  EXPECT_TRUE(std::filesystem::exists(file("toy", ".2.log")));
}

TEST_F(LoggerTest, TwoRuntimesOfAProcessShareNoFile) {
  auto first = make();
  auto second = make();
  first->open_file("toy");
  second->open_file("toy");
  first->write(SILEX_LOG_INFO, "of the first");
  second->write(SILEX_LOG_INFO, "of the second");
  EXPECT_THAT(Folder::read(file("toy")), Not(HasSubstr("second")));
  EXPECT_THAT(Folder::read(file("toy", "-2.log")), HasSubstr("of the second"));
  first.reset();
  auto third = make();
  third->open_file("toy");
  third->write(SILEX_LOG_INFO, "of the third");
  EXPECT_THAT(Folder::read(file("toy")), HasSubstr("of the third"));
}

TEST_F(LoggerTest, AFolderThatCantBeWrittenIsOneWarning) {
  options_.folder = folder_.write("a_file", "") + "/logs";
  auto logger = make();
  logger->open_file("toy");
  logger->open_file("toy");
  logger->write(SILEX_LOG_INFO, "on with it");
  ASSERT_EQ(lines_.size(), 2U);
  EXPECT_THAT(lines_[0], HasSubstr("the log is written to no file: "));
  EXPECT_THAT(lines_[0], HasSubstr("set log.folder to a folder that can be written"));
  EXPECT_EQ(lines_[1], "on with it");
}

TEST_F(LoggerTest, NamesTheFileSoThatEverySystemTakesIt) {
  auto logger = make();
  logger->open_file("../a b:c");
  EXPECT_TRUE(std::filesystem::exists(file(".._a_b_c")));
}

TEST_F(LoggerTest, KeepsLinesOfManyThreadsWhole) {
  auto logger = make();
  logger->open_file("toy");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) logger->write(SILEX_LOG_INFO, "a whole line");
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(lines_.size(), 400U);
  const std::string text = Folder::read(file("toy"));
  std::size_t whole = 0;
  for (std::size_t at = text.find("] a whole line\n"); at != std::string::npos;
       at = text.find("] a whole line\n", at + 1)) {
    ++whole;
  }
  EXPECT_EQ(whole, 400U);
}

TEST_F(LoggerTest, AForkLeavesTheParentsFileAlone) {
  auto logger = make();
  logger->open_file("toy");
  logger->write(SILEX_LOG_INFO, "before");
  const pid_t child = fork();
  if (child == 0) {
    logger->write(SILEX_LOG_INFO, "in the child");
    // The line went to the sink; exit() would flush a buffer that the parent filled.
    std::exit(lines_.size() == 2 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  logger->write(SILEX_LOG_INFO, "after");
  const std::string text = Folder::read(file("toy"));
  EXPECT_THAT(text, Not(HasSubstr("in the child")));
  EXPECT_EQ(text.find("before"), text.rfind("before"));
  EXPECT_THAT(text, HasSubstr("after"));
}

TEST_F(LoggerTest, AForkDuringAWriteDoesNotHangTheChild) {
  struct Held {
    std::mutex mutex;
    std::atomic<bool> writing{false};
  } held;
  Logger logger(
      [](void* data, silex_log_level, const char*) {
        auto& sink = *static_cast<Held*>(data);
        sink.writing = true;
        const std::lock_guard lock(sink.mutex);
      },
      &held, {});
  std::unique_lock lock(held.mutex);
  std::thread writer([&] { logger.write(SILEX_LOG_INFO, "under way"); });
  while (!held.writing) std::this_thread::yield();  // from here on the logger's lock is the writer's
  const pid_t child = fork();
  if (child == 0) {
    alarm(5);
    lock.unlock();
    logger.write(SILEX_LOG_INFO, "in the child");
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  lock.unlock();
  writer.join();
}

}  // namespace
}  // namespace silex::test
