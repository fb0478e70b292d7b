// A runtime without an adapter, and npm's Socket.IO server.
#pragma once

#include "support/node_server.hpp"

#include <silex/silex.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Longer than anything takes that is going to happen at all.
inline constexpr std::chrono::seconds kLongEnough{30};

// Whether the condition comes to hold: for what nobody tells of.
template <typename Condition>
[[nodiscard]] bool eventually(Condition&& condition) {
  const auto end = std::chrono::steady_clock::now() + kLongEnough;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::yield();
  }
  return true;
}

// Lines that the loop writes and the test waits for.
class Lines {
 public:
  void add(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
    changed_.notify_all();
  }
  // The lines, once there are so many.
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLongEnough, [&] { return lines_.size() >= count; });
    return lines_;
  }
  // Whether the line comes.
  bool has(const std::string& line) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLongEnough,
                             [&] { return std::find(lines_.begin(), lines_.end(), line) != lines_.end(); });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

class ConnectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!net::test::NodeServer::available()) {
      GTEST_SKIP() << "npm's socket.io is not there: run tests/peers/setup.sh";
    }
    runtime.start();
  }
  // Runs a task to its end.
  template <typename Function>
  auto run(Function function) {
    return runtime.spawn("test", std::move(function)).get();
  }
  // The error that a task ends with.
  template <typename Function>
  Error failure_of(Function function) {
    // The handle outlives what it throws, and the text is copied: ThreadSanitizer does not see the counters
    // in libstdc++ that exceptions and their texts share, and the loop may be the last to let go of them.
    auto handle = runtime.spawn("test", std::move(function));
    try {
      handle.get();
    } catch (const Error& error) {
      return {error.code(), std::string(error.what())};
    }
    ADD_FAILURE() << "it did not fail";
    return {SILEX_OK, "it did not fail"};
  }
  static ConnectionOptions to(const std::string& url) {
    ConnectionOptions options;
    options.url = url;
    options.backoff_first = 20ms;
    options.backoff_longest = 100ms;
    return options;
  }
  // A state as "kind nsp".
  static std::string describe(const ConnectionState& state) {
    const char* const names[] = {"", "connected", "disconnected", "joined", "left", "refused", "closed"};
    return std::string(names[state.kind]) + (state.nsp.empty() ? "" : " " + state.nsp);
  }

  Lines log;
  Runtime runtime{{.log = [this](silex_log_level, std::string_view line) { log.add(std::string(line)); }}};
};

}  // namespace silex::test
