// Adapters in bad weather: a wake that fails, comes twice, comes late, never comes.
#include "runtime/core.hpp"
#include "stress.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace silex::test {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

// What becomes of the n-th wake, from 0: how many drains it brings, or that the host said no.
constexpr int kRefused = -1;
using Script = std::function<int(int wake)>;

// A host whose main loop is the test's thread.
class ScriptedHost final : public HostPort {
 public:
  explicit ScriptedHost(Script script) : script_(std::move(script)) {}

  [[nodiscard]] std::string name() const override { return "scripted"; }
  Status attach(silex_host_mode& mode) override {
    mode = SILEX_HOST_INTERACTIVE;
    return {};
  }
  void detach() override {
    const std::lock_guard lock(mutex_);
    detached_ = true;
  }
  bool wake() override {
    const std::lock_guard lock(mutex_);
    if (detached_) ++woken_late_;
    const int drains = script_(wakes_++);
    if (drains == kRefused) return false;
    drains_ += drains;
    changed_.notify_all();
    return true;
  }

  // Drains as often as the wakes ask for it, until `ended`, which is asked again after each told().
  void run(Core& core, const std::function<bool()>& ended) {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return drains_ > 0 || ended(); });
      if (ended()) return;
      --drains_;
      lock.unlock();
      silex_drain_report report{sizeof report, 0, 0};
      EXPECT_TRUE(core.drain(report).ok());
      lock.lock();
    }
  }
  void look() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  [[nodiscard]] int woken_late() const { return woken_late_; }
  [[nodiscard]] int wakes() const { return wakes_; }

 private:
  const Script script_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int wakes_ = 0;
  int drains_ = 0;
  bool detached_ = false;
  int woken_late_ = 0;
};

// Eight threads each send calls one after another, each as soon as the last one has been told.
void send_through(const Script& script) {
  const HangAlarm alarm(is_long() ? 600 : 100);
  const int calls = is_long() ? 2'000 : 50;
  constexpr int kThreads = 8;
  ScriptedHost host(script);
  const auto logger = std::make_shared<Logger>([](void*, silex_log_level, const char*) {}, nullptr);
  // A host that has not drained for 8 ms is woken again.
  const Settings settings{2, 16, {8ms, Duration(0), 50ms}, {1s, 8ms}, 10s, 5s};
  const auto core = std::make_shared<Core>(settings, logger, &host, steady_clock());
  ASSERT_TRUE(core->start().ok());

  std::atomic<int> left = kThreads;
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < calls; ++call) {
        silex_work work{};
        work.size = sizeof work;
        work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
        if (!core->call_and_wait(work).ok()) ++failed;
      }
      --left;
      host.look();
    });
  }
  host.run(*core, [&] { return left == 0; });
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(core->stop().ok());
  EXPECT_EQ(0, failed);
  EXPECT_EQ(0, host.woken_late());
  EXPECT_GT(host.wakes(), 0);
}

TEST(AdapterStress, WhoseWakeAlwaysComesServesEveryCall) {
  send_through([](int) { return 1; });
}

TEST(AdapterStress, WhoseWakeComesTwiceServesEveryCall) {
  send_through([](int) { return 2; });
}

TEST(AdapterStress, WhoseWakeFailsNowAndThenServesEveryCall) {
  send_through([](int wake) { return wake % 8 == 0 ? kRefused : 1; });
}

TEST(AdapterStress, WhoseWakeIsLostNowAndThenIsWokenAgain) {
  send_through([](int wake) { return wake % 8 == 0 ? 0 : 1; });
}

TEST(AdapterStress, WhoseWakeComesLateWithTheNextOneServesEveryCall) {
  send_through([](int wake) { return wake % 8 == 0 ? 0 : (wake % 8 == 1 ? 2 : 1); });
}

TEST(AdapterStress, WhoseWakesNeverComeAtFirstIsWokenUntilOneDoes) {
  send_through([](int wake) { return wake < 5 ? 0 : 1; });
}

TEST(AdapterStress, WhoseWakesFailAtFirstIsWokenUntilOneDoesNot) {
  send_through([](int wake) { return wake < 5 ? kRefused : 1; });
}

// Nothing ever comes of a wake: the calls end with the host.
TEST(AdapterStress, WhoseWakesNeverComeTellsItsWaitersWhenItGoes) {
  const HangAlarm alarm(100);
  ScriptedHost host([](int) { return 0; });
  const auto logger = std::make_shared<Logger>([](void*, silex_log_level, const char*) {}, nullptr);
  const Settings settings{2, 16, {8ms, Duration(0), 50ms}, {1s, 8ms}, 10s, 5s};
  const auto core = std::make_shared<Core>(settings, logger, &host, steady_clock());
  ASSERT_TRUE(core->start().ok());
  std::atomic<int> gone = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      silex_work work{};
      work.size = sizeof work;
      work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
      if (core->call_and_wait(work).code() == SILEX_ERROR_HOST_GONE) ++gone;
    });
  }
  silex_metrics metrics{};
  while (metrics.wakes < 3 || metrics.calls_queued < 8) {
    core->read(metrics);
    std::this_thread::yield();
  }
  EXPECT_TRUE(core->stop().ok());
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(8, gone);
}

}  // namespace
}  // namespace silex::test
