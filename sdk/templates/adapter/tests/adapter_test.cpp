// The adapter in a real runtime, and in a host that the test plays.
#include "host.hpp"

#include <silex/silex.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

// Its main thread is the test's.
class Host {
 public:
  void reset(bool batch) {
    const std::lock_guard lock(mutex_);
    calls_.clear();
    batch_ = batch;
    quits_ = false;
  }
  bool call_soon(void (*function)(void*), void* data) {
    const std::lock_guard lock(mutex_);
    if (quits_) return false;
    calls_.push_back([function, data] { function(data); });
    return true;
  }
  bool is_batch() const { return batch_; }
  void on_quit(void (*function)(void*), void* data) {
    on_quit_ = function ? std::function<void()>([function, data] { function(data); }) : nullptr;
  }
  // One turn of the main loop.
  void turn() {
    for (auto& call : take()) call();
    std::this_thread::yield();
  }
  void quit() {
    {
      const std::lock_guard lock(mutex_);
      quits_ = true;
    }
    if (const auto on_quit = on_quit_) on_quit();  // which clears it
    turn();  // what was asked for before still comes
  }

 private:
  std::deque<std::function<void()>> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(calls_, {});
  }

  std::mutex mutex_;
  std::deque<std::function<void()>> calls_;
  std::function<void()> on_quit_;
  bool batch_ = false;
  bool quits_ = false;
};

Host host;

}  // namespace

extern "C" __attribute__((visibility("default"))) const @name@_host @name@_host_functions{
    [](void (*function)(void*), void* data) { return host.call_soon(function, data); },
    [] { return host.is_batch(); },
    [](void (*function)(void*), void* data) { host.on_quit(function, data); }};

namespace {

class AdapterTest : public testing::Test {
 protected:
  void start(bool batch = false) {
    host.reset(batch);
    runtime.choose_adapter();
    runtime.start();
  }
  silex::Runtime runtime;
};

TEST_F(AdapterTest, IsChosenInItsHost) {
  start();
  EXPECT_EQ(runtime.adapter_name(), "@name@");
}

TEST_F(AdapterTest, CallsRunOnTheMainThreadInOrder) {
  start();
  std::vector<int> order;
  std::thread::id thread;
  auto task = runtime.spawn("calls", [&](silex::Context context) -> silex::task<> {
    for (int number = 0; number < 100; ++number) {
      const auto call = [&] {
        order.push_back(number);
        thread = std::this_thread::get_id();
      };
      co_await context.main_thread(call);
    }
  });
  while (!task.has_ended()) host.turn();
  task.get();
  EXPECT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(thread, std::this_thread::get_id());
}

TEST_F(AdapterTest, ACallThatPendsWhenTheHostQuitsIsTold) {
  start();
  auto task = runtime.spawn("pends", [](silex::Context context) -> silex::task<> {
    co_await context.main_thread([] {});
  });
  host.quit();
  EXPECT_FALSE(runtime.is_running());
  EXPECT_THROW(task.get(), silex::Error);
}

TEST_F(AdapterTest, InBatchSomebodyPumps) {
  start(true);
  auto task = runtime.spawn("call", [](silex::Context context) -> silex::task<int> {
    co_return co_await context.main_thread([] { return 42; });
  });
  runtime.pump_until([&] { return task.has_ended(); });
  EXPECT_EQ(task.get(), 42);
}

// It ends after main(), when the adapter's own statics are gone.
TEST_F(AdapterTest, ARuntimeMayHaveStaticStorage) {
  static silex::Runtime kept;
  host.reset(false);
  kept.choose_adapter();
  kept.start();
  kept.stop();
  host.turn();
}

TEST_F(AdapterTest, CanBeStartedAgain) {
  for (int round = 0; round < 3; ++round) {
    start();
    runtime.stop();
    host.turn();
  }
}

}  // namespace
