// The headless adapter on a main loop that is nothing but a queue, a mutex and a condition variable.
#include "headless_loop.h"

#include <silex/silex.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

class Loop {
 public:
  bool post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    functions_.push_back(std::move(function));
    changed_.notify_one();
    return true;
  }
  void on_end(std::function<void()> function) { on_end_ = std::move(function); }

  // Runs what is posted until end(). False where that takes longer than anything does.
  bool run() {
    const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    for (;;) {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_until(lock, late, [&] { return !functions_.empty() || ending_; })) return false;
      if (ending_) break;
      run_all(lock);
    }
    if (const auto function = on_end_) function();
    std::unique_lock lock(mutex_);
    ended_ = true;
    run_all(lock);
    return true;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    changed_.notify_one();
  }
  void reset() {
    const std::lock_guard lock(mutex_);
    ending_ = ended_ = false;
  }

 private:
  void run_all(std::unique_lock<std::mutex>& lock) {
    const auto functions = std::exchange(functions_, {});
    lock.unlock();
    for (const auto& function : functions) function();
    lock.lock();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> functions_;
  std::function<void()> on_end_;
  bool ending_ = false;
  bool ended_ = false;
};

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
