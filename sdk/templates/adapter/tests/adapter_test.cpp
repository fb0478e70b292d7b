// The adapter in a real runtime, and in a host that the test plays.
#include "test_host.hpp"

#include <silex/silex.hpp>

#include <algorithm>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
