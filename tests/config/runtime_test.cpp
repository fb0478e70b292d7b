// The way through the C ABI: which file is read, who wins, and what a bad one leaves behind.
#include "folder.hpp"

#include <silex/runtime.hpp>

#include <cstdlib>
#include <cstring>
#include <string>

#include <gmock/gmock.h>

namespace silex::test {
namespace {

using testing::HasSubstr;

class ConfiguredRuntime : public testing::Test {
 protected:
  ~ConfiguredRuntime() override {
    unsetenv("SILEX_CONFIG");
    unsetenv("SILEX_RUNTIME_WORKERS");
    silex_runtime_destroy(runtime_);
  }
  silex_status create(const char* file, std::uint32_t workers = 0) {
    silex_options options{};
    options.size = sizeof options;
    options.config_file = file;
    options.workers = workers;
    options.log_sink = [](void*, silex_log_level, const char*) {};
    return silex_runtime_create(&options, &runtime_);
  }
  // Jobs that can run at a time are not seen from outside: threads that were started are.
  std::uint32_t threads() {
    EXPECT_EQ(silex_runtime_start(runtime_), SILEX_OK);
    struct Meeting {
      std::mutex mutex;
      std::condition_variable changed;
      std::uint32_t inside = 0;
      bool over = false;
    } meeting;
    silex_work work{};
    work.size = sizeof work;
    work.data = &meeting;
    work.run = [](void* data, const silex_scope*) -> silex_status {
      auto& m = *static_cast<Meeting*>(data);
      std::unique_lock lock(m.mutex);
      ++m.inside;
      m.changed.notify_all();
      m.changed.wait(lock, [&] { return m.over; });
      return SILEX_OK;
    };
    for (int i = 0; i < 8; ++i) EXPECT_EQ(silex_submit(runtime_, &work, nullptr), SILEX_OK);
    silex_metrics metrics{};
    metrics.size = sizeof metrics;
    EXPECT_EQ(silex_metrics_read(runtime_, &metrics), SILEX_OK);
    {
      std::unique_lock lock(meeting.mutex);
      meeting.changed.wait(lock, [&] { return meeting.inside == metrics.worker_threads; });
      meeting.over = true;
    }
    meeting.changed.notify_all();
    EXPECT_EQ(silex_runtime_stop(runtime_), SILEX_OK);
    return metrics.worker_threads;
  }

  Folder folder_;
  silex_runtime* runtime_ = nullptr;
};

TEST_F(ConfiguredRuntime, TakesTheFileThatItIsTold) {
  const std::string file = folder_.write("a.yml", "runtime: {workers: 3}");
  ASSERT_EQ(create(file.c_str()), SILEX_OK);
  EXPECT_EQ(threads(), 3U);
}

TEST_F(ConfiguredRuntime, TakesTheFileOfTheEnvironment) {
  setenv("SILEX_CONFIG", folder_.write("a.yml", "runtime: {workers: 4}").c_str(), 1);
  ASSERT_EQ(create(nullptr), SILEX_OK);
  EXPECT_EQ(threads(), 4U);
}

TEST_F(ConfiguredRuntime, WhatItIsToldWinsOverTheEnvironment) {
  setenv("SILEX_CONFIG", "/nowhere/at/all.yml", 1);
  const std::string file = folder_.write("a.yml", "runtime: {workers: 3}");
  EXPECT_EQ(create(file.c_str()), SILEX_OK);
}

TEST_F(ConfiguredRuntime, AVariableWinsOverTheFileAndTheCodeOverBoth) {
  const std::string file = folder_.write("a.yml", "runtime: {workers: 3}");
  setenv("SILEX_RUNTIME_WORKERS", "5", 1);
  ASSERT_EQ(create(file.c_str()), SILEX_OK);
  EXPECT_EQ(threads(), 5U);
  silex_runtime_destroy(runtime_);
  ASSERT_EQ(create(file.c_str(), 2), SILEX_OK);
  EXPECT_EQ(threads(), 2U);
}

TEST_F(ConfiguredRuntime, ABadFileFailsWithAllThatIsWrongAndLeavesNothing) {
  const std::string file = folder_.write("a.yml", "runtime:\n  worker: 3\n  linger: long\nlgo: {}\n");
  runtime_ = reinterpret_cast<silex_runtime*>(&folder_);
  EXPECT_EQ(create(file.c_str()), SILEX_ERROR_INVALID_ARGUMENT);
  EXPECT_EQ(runtime_, nullptr);
  const silex_error* const error = silex_last_error();
  EXPECT_THAT(error->message, HasSubstr("a.yml:2:3: the unknown key 'worker'"));
  EXPECT_THAT(error->message, HasSubstr("did you mean 'workers'? (and 2 more)"));
  EXPECT_THAT(error->detail, HasSubstr("a.yml:2:3: "));
  EXPECT_THAT(error->detail, HasSubstr("\n" + file + ":3:11: runtime.linger is the text 'long'"));
  EXPECT_THAT(error->detail, HasSubstr("\n" + file + ":4:1: the unknown section 'lgo'"));
}

TEST_F(ConfiguredRuntime, ABadVariableFailsToo) {
  setenv("SILEX_RUNTIME_WORKERS", "many", 1);
  EXPECT_EQ(create(nullptr), SILEX_ERROR_INVALID_ARGUMENT);
  EXPECT_THAT(
      silex_last_error()->message,
      HasSubstr("SILEX_RUNTIME_WORKERS: runtime.workers is the text 'many'; allowed: a whole number"));
}

TEST_F(ConfiguredRuntime, AStructOfTheFirstVersionHasNoFile) {
  setenv("SILEX_CONFIG", folder_.write("a.yml", "runtime: {workers: 3}").c_str(), 1);
  // What stands behind it is not the library's to read.
  silex_options options;
  std::memset(&options, 0xFF, sizeof options);
  std::memset(&options, 0, offsetof(silex_options, config_file));
  options.size = offsetof(silex_options, config_file);
  options.log_sink = [](void*, silex_log_level, const char*) {};
  ASSERT_EQ(silex_runtime_create(&options, &runtime_), SILEX_OK);
  EXPECT_EQ(threads(), 3U);
}

TEST_F(ConfiguredRuntime, TheCppLayerTakesTheFileToo) {
  RuntimeOptions options;
  options.config_file = folder_.write("a.yml", "log: {level: loud}");
  EXPECT_THROW(Runtime{options}, Error);
  options.config_file = folder_.write("a.yml", "log: {level: ERROR}");
  std::vector<std::string> lines;
  options.log = [&](silex_log_level, std::string_view line) { lines.emplace_back(line); };
  Runtime runtime(options);
  EXPECT_TRUE(lines.empty());
}

TEST_F(ConfiguredRuntime, LogsToAFileNamedAfterHostAndProcess) {
  const std::string file =
      folder_.write("a.yml", "log: {folder: '" + (folder_.path() / "logs").string() + "'}");
  ASSERT_EQ(create(file.c_str()), SILEX_OK);
  ASSERT_EQ(silex_log(runtime_, SILEX_LOG_WARNING, "before the start"), SILEX_OK);
  ASSERT_EQ(silex_runtime_start(runtime_), SILEX_OK);
  ASSERT_EQ(silex_log(runtime_, SILEX_LOG_ERROR, "after the start"), SILEX_OK);
  ASSERT_EQ(silex_runtime_stop(runtime_), SILEX_OK);
  const std::string text =
      Folder::read(folder_.path() / "logs" / ("silex-host-" + std::to_string(getpid()) + ".log"));
  EXPECT_THAT(text, HasSubstr(" before the start\n"));
  EXPECT_THAT(text, HasSubstr(" after the start\n"));
}

}  // namespace
}  // namespace silex::test
