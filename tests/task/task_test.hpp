// A runtime whose main thread is the test's: TaskHandle::get() pumps deferred calls here.
#pragma once

#include <silex/silex.hpp>

#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {

class TaskTest : public ::testing::Test {
 protected:
  TaskTest() { runtime.start(); }

  // The lines of the log so far.
  std::vector<std::string> log_lines() {
    const std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> log_;

 protected:
  Runtime runtime{[this] {
    RuntimeOptions options;
    options.log = [this](silex_log_level /*level*/, std::string_view line) {
      const std::lock_guard lock(mutex_);
      log_.emplace_back(line);
    };
    return options;
  }()};
};

// Waits on the loop until it is cancelled.
inline task<> wait_for_ever(Context ctx) {
  co_await ctx.sleep(std::chrono::hours(1));
}

}  // namespace silex::test
