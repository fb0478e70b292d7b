// The headless adapter on a loop of a condition variable.
#include "loop.hpp"

#include "headless_loop.h"

#include <silex/silex.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

Loop loop;

}  // namespace

const headless_loop_functions headless_loop{
    sizeof(headless_loop_functions),
    [](void (*function)(void*), void* data) { return loop.post([function, data] { function(data); }); },
    [](void (*function)(void*), void* data) {
      loop.on_end(function ? std::function<void()>([function, data] { function(data); }) : nullptr);
    }};

namespace {

class Headless : public ::testing::Test {
 protected:
  Headless() {
    loop.reset();
    silex::RuntimeOptions options;
    options.adapter_path = SILEX_HEADLESS_FOLDER;
    runtime = std::make_unique<silex::Runtime>(std::move(options));
    runtime->choose_adapter();
    runtime->start();
  }
  std::unique_ptr<silex::Runtime> runtime;
};

TEST_F(Headless, IsFoundByTheAdapter) {
  EXPECT_EQ(runtime->adapter_name(), "headless");
}

TEST_F(Headless, CallsRunOnTheLoopsThreadInOrder) {
  std::vector<int> order;
  bool elsewhere = false;
  const auto here = std::this_thread::get_id();
  auto calls = runtime->spawn("calls", [&](silex::Context ctx) -> silex::task<> {
    for (int i = 0; i < 1000; ++i) {
      co_await ctx.main_thread([&] {
        elsewhere = elsewhere || std::this_thread::get_id() != here;
        order.push_back(i);
      });
    }
    loop.end();
  });
  ASSERT_TRUE(loop.run());
  EXPECT_EQ(order.size(), 1000u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_FALSE(elsewhere);
  EXPECT_FALSE(runtime->is_running()) << "the loop has ended";
}

TEST_F(Headless, ACallThatPendsWhenTheLoopEndsIsTold) {
  bool ran = false;
  silex::TaskHandle<> pends;
  loop.post([&] {
    pends = runtime->spawn(
        "pends", [&](silex::Context ctx) -> silex::task<> { co_await ctx.main_thread([&] { ran = true; }); });
    while (runtime->metrics().calls_queued == 0) std::this_thread::yield();
    loop.end();
  });
  ASSERT_TRUE(loop.run());
  EXPECT_THROW(pends.get(), silex::HostGone);
  EXPECT_FALSE(ran);
}

TEST_F(Headless, TheRuntimeMayStopBeforeTheLoop) {
  auto stops = runtime->spawn("stop", [&](silex::Context ctx) -> silex::task<> {
    co_await ctx.main_thread([&] {
      runtime->stop();
      loop.end();
    });
  });
  ASSERT_TRUE(loop.run());
  EXPECT_THROW(stops.get(), silex::HostGone);
}

// The loop still holds a drain when the plugin would be unloaded: its code stays, and the drain does nothing.
TEST_F(Headless, WhatTheLoopHoldsAtTheUnloadReachesNobody) {
  bool ran = false;
  runtime->spawn("pends",
                 [&](silex::Context ctx) -> silex::task<> { co_await ctx.main_thread([&] { ran = true; }); });
  while (runtime->metrics().calls_queued == 0) std::this_thread::yield();
  runtime.reset();
  loop.end();
  ASSERT_TRUE(loop.run());
  EXPECT_FALSE(ran);
}

}  // namespace
