// The adapter in a real runtime, and in a host that the test plays: silex/testing.hpp.
#include "test_host.hpp"

#include <silex/silex.hpp>
#include <silex/testing.hpp>

#include <algorithm>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using silex::testkit::Completed;
using silex::testkit::Harness;
using silex::testkit::HarnessOptions;
using silex::testkit::HostGone;

HarnessOptions in_its_host(bool batch = false) {
  host.reset(batch);
  return {.plugin = "@name@", .host = &host};
}

TEST(AdapterTest, IsChosenInItsHost) {
  silex::Runtime runtime;
  runtime.choose_adapter();
  EXPECT_EQ(runtime.adapter_name(), "@name@");
}

TEST(AdapterTest, CallsRunOnTheMainThreadInOrder) {
  Harness harness(in_its_host());
  std::vector<int> order;
  std::thread::id thread;
  const auto task = harness.runtime().spawn("calls", [&](silex::Context context) -> silex::task<> {
    for (int number = 0; number < 100; ++number) {
      const auto call = [&] {
        order.push_back(number);
        thread = std::this_thread::get_id();
      };
      co_await context.main_thread(call);
    }
  });
  EXPECT_THAT(harness.finish(task), Completed());
  EXPECT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(thread, std::this_thread::get_id());
}

silex::task<int> answer(silex::Context context) {
  co_return co_await context.main_thread([] { return 42; });
}

TEST(AdapterTest, ACallThatPendsWhenTheHostQuitsIsTold) {
  Harness harness(in_its_host());
  const auto task = harness.runtime().spawn("pends", answer);
  harness.settle();
  host.quit();
  EXPECT_FALSE(harness.runtime().is_running());
  EXPECT_THAT(harness.finish(task), HostGone());
}

TEST(AdapterTest, InBatchSomebodyPumps) {
  Harness harness(in_its_host(true));
  EXPECT_THAT(harness.finish(harness.runtime().spawn("call", answer)), Completed(42));
}

// It ends after main(), when the adapter's own statics are gone.
TEST(AdapterTest, ARuntimeMayHaveStaticStorage) {
  static silex::Runtime kept;
  host.reset(false);
  kept.choose_adapter();
  kept.start();
  kept.stop();
  host.turn();
}

TEST(AdapterTest, CanBeStartedAgain) {
  Harness harness(in_its_host());
  for (int round = 0; round < 3; ++round) {
    harness.runtime().stop();
    harness.runtime().start();
    EXPECT_THAT(harness.finish(harness.runtime().spawn("call", answer)), Completed(42));
  }
}

// Calls, cancels, timeouts, dialogs, stops and quits, in every order that 100 seeds come to.
TEST(AdapterTest, KeepsEveryPromiseInManySchedules) {
  EXPECT_TRUE(silex::testkit::explore({.world = [] { return in_its_host(); }}));
}

}  // namespace
