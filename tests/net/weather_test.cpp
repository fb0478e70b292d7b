// Bad weather: npm's server is killed and restarted at random moments while updates flow. Afterwards its
// state is ours. SILEX_TEST_LONG=1 makes it 200 times instead of 10.
#include "support/node_server.hpp"
#include "support/user_loop.hpp"

#include <atomic>
#include <filesystem>
#include <iostream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace silex::net::test {
namespace {

using namespace std::chrono_literals;
using Kind = StateChange::Kind;

std::ptrdiff_t descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

// Emits 50 updates a second and keeps what they make of the objects they name.
class Updates {
 public:
  explicit Updates(Client& client) : client_(client), thread_([this] { run(); }) {}

  std::size_t stop() {
    stop_ = true;
    thread_.join();
    return count_;
  }
  const Json& state() const { return state_; }

 private:
  void run() {
    auto next = std::chrono::steady_clock::now();
    while (!stop_) {
      const std::string uuid = "action-" + std::to_string(count_ % 5);
      const Json values{{"status", count_ % 6}, {"key" + std::to_string(count_ % 17), count_}};
      state_[uuid].update(values);
      EmitOptions options;
      options.at_least_once = true;
      client_.emit("/dcc/action", "update", {{{"id", count_}, {"uuid", uuid}, {"values", values}}}, options);
      ++count_;
      std::this_thread::sleep_until(next += 20ms);
    }
  }

  Client& client_;
  Json state_ = Json::object();
  std::size_t count_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

TEST(Weather, AfterAnyNumberOfCrashesTheServersStateIsOurs) {
  if (!NodeServer::available()) GTEST_SKIP() << "npm's socket.io is not there: run tests/peers/setup.sh";
  const int crashes = std::getenv("SILEX_TEST_LONG") != nullptr ? 200 : 10;
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  const std::string file = testing::TempDir() + "/silex-weather-" + std::to_string(::getpid());
  std::filesystem::remove(file);
  const auto before = descriptors();
  {
    NodeServer server(Json{{"state", file}, {"recovery", true}});
    ClientOptions options;
    options.url = server.url();
    options.backoff.first = 20ms;
    options.backoff.longest = 100ms;
    LiveClient live(options);
    live.client.join("/dcc/action");
    live.client.join("/dcc");
    live.client.start();
    Updates updates(live.client);
    for (int i = 0; i < crashes; ++i) {
      // Anywhere: before the connection is back, in its hand-shake, in the flush of the outbox, in quiet
      // flow.
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 300));
      server.restart();
    }
    const auto count = updates.stop();
    const Json report = [&] {
      for (;;) {
        const Ack ack = live.ask("/dcc/action", "report");
        if (ack.status == AckStatus::acknowledged && live.client.statistics().waiting == 0)
          return ack.arguments.at(0);
        if (ack.status == AckStatus::timed_out) return Json();
      }
    }();
    ASSERT_FALSE(report.is_null()) << "the client did not come back";
    EXPECT_EQ(report.at("updates"), count);
    EXPECT_EQ(report.at("twiceInOneSession"), 0);
    EXPECT_EQ(report.at("state"), updates.state());
    EXPECT_EQ(live.client.statistics().dropped, 0U);
    std::cout << count << " updates, " << crashes << " crashes, " << live.client.statistics().resent
              << " sent again\n";
  }
  std::filesystem::remove(file);
  EXPECT_LE(descriptors(), before);
}

}  // namespace
}  // namespace silex::net::test
