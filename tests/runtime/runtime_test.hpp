// A runtime without an adapter, whose main thread is the test's: nothing drains but the test.
#pragma once

#include "ledger.hpp"

#include <silex/silex.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {

class RuntimeTest : public ::testing::Test {
 protected:
  RuntimeTest() {
    options.size = sizeof options;
    options.log_sink = [](void* data, silex_log_level level, const char* line) {
      auto& test = *static_cast<RuntimeTest*>(data);
      const std::lock_guard lock(test.mutex_);
      test.log_.emplace_back(level, line);
    };
    options.log_data = this;
  }
  ~RuntimeTest() override { silex_runtime_destroy(runtime); }

  void start() {
    if (!runtime) {
      ASSERT_EQ(SILEX_OK, silex_runtime_create(&options, &runtime));
    }
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
  }
  [[nodiscard]] static std::string error() { return silex_last_error()->message; }
  std::vector<std::pair<silex_log_level, std::string>> log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  // Runs deferred calls until that many ends were told.
  void pump_until_told(std::uint64_t count) {
    struct Wanted {
      Ledger& ledger;
      std::uint64_t count;
    } wanted{ledger, count};
    const auto told = [](void* data) {
      const auto& w = *static_cast<Wanted*>(data);
      return w.ledger.told() >= w.count && w.ledger.released >= w.count;
    };
    ASSERT_EQ(SILEX_OK, silex_pump_until(runtime, told, &wanted, 20'000'000'000));
  }
  // The same without draining.
  void wait_until_told(std::uint64_t count) {
    while (ledger.told() < count || ledger.released < count) std::this_thread::yield();
  }

  silex_options options{};
  silex_runtime* runtime = nullptr;
  Ledger ledger;

 private:
  std::mutex mutex_;
  std::vector<std::pair<silex_log_level, std::string>> log_;
};

}  // namespace silex::test
