// Structured cancellation: what a cancelled task awaits throws Cancelled, and nothing of it is left behind.
#include "task_test.hpp"

#include <atomic>
#include <latch>
#include <thread>

namespace silex::test {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

TEST_F(TaskTest, CancelEndsASleep) {
  auto handle = runtime.spawn("sleeps", [](Context ctx) { return wait_for_ever(ctx); });
  handle.cancel();
  EXPECT_THROW(handle.get(), Cancelled);
}

TEST_F(TaskTest, CancelTwiceOrAfterTheEndDoesNothing) {
  auto handle = runtime.spawn("sleeps", [](Context ctx) { return wait_for_ever(ctx); });
  handle.cancel();
  handle.cancel();
  EXPECT_THROW(handle.get(), Cancelled);
  handle.cancel();
}

TEST_F(TaskTest, EveryAwaitAfterTheCancelThrowsToo) {
  std::latch started(1);
  auto handle = runtime.spawn("stubborn", [&](Context ctx) -> task<int> {
    int cancelled = 0;
    started.count_down();
    for (int i = 0; i < 3; ++i) {
      try {
        co_await ctx.sleep(1h);
      } catch (const Cancelled&) {
        ++cancelled;
      }
    }
    co_return cancelled;
  });
  started.wait();
  handle.cancel();
  EXPECT_EQ(3, handle.get());
}

TEST_F(TaskTest, CancelReachesTheTaskThatIsAwaited) {
  std::latch started(1);
  auto handle = runtime.spawn("outer", [&](Context ctx) -> task<bool> {
    auto inner = [](Context c, std::latch* begun) -> task<> {
      begun->count_down();
      co_await wait_for_ever(c);
    };
    try {
      co_await inner(ctx, &started);
    } catch (const Cancelled&) {
      co_return true;
    }
    co_return false;
  });
  started.wait();
  handle.cancel();
  EXPECT_TRUE(handle.get());
}

TEST_F(TaskTest, ACallWithdrawnByCancelNeverRuns) {
  std::atomic<bool> ran = false;
  std::latch started(1);
  auto handle = runtime.spawn("withdrawn", [&](Context ctx) -> task<> {
    started.count_down();
    co_await ctx.main_thread([&] { ran = true; });
  });
  started.wait();
  handle.cancel();
  // Elsewhere: this is the main thread, and nobody must drain meanwhile.
  std::thread([&] { EXPECT_THROW(handle.get(), Cancelled); }).join();
  runtime.drain();
  EXPECT_FALSE(ran);
}

TEST_F(TaskTest, ARunningFunctionSeesItsStopTokenAndIsWaitedFor) {
  std::atomic<bool> left = false;
  std::latch running(1);
  auto handle = runtime.spawn("running", [&](Context ctx) -> task<> {
    co_await ctx.worker([&](StopToken stop) {
      running.count_down();
      while (!stop.stop_requested()) std::this_thread::yield();
      left = true;
      throw Cancelled();
    });
  });
  running.wait();
  handle.cancel();
  EXPECT_THROW(handle.get(), Cancelled);
  EXPECT_TRUE(left);
}

TEST_F(TaskTest, AnAbandonedFunctionIsNotWaitedFor) {
  auto release = std::make_shared<std::latch>(1);
  auto running = std::make_shared<std::latch>(1);
  auto handle = runtime.spawn("abandons", [=](Context ctx) -> task<> {
    const auto function = [=] {
      running->count_down();
      release->wait();
    };
    co_await ctx.worker(function, {.abandon = true});
  });
  running->wait();
  handle.cancel();
  EXPECT_THROW(handle.get(), Cancelled);
  release->count_down();
}

TEST_F(TaskTest, ThisTaskKnowsItsStopToken) {
  std::latch started(1);
  auto handle = runtime.spawn("asks", [&](Context ctx) -> task<std::pair<bool, bool>> {
    const std::stop_token stop = co_await this_task::stop_token();
    const bool before = stop.stop_requested();
    started.count_down();
    try {
      co_await ctx.sleep(1h);
    } catch (const Cancelled&) {
    }
    co_return {before, stop.stop_requested()};
  });
  started.wait();
  handle.cancel();
  EXPECT_EQ(std::pair(false, true), handle.get());
}

TEST_F(TaskTest, CancellingWhoWaitsDoesNotCancelWhatItWaitsFor) {
  std::latch waiting(1);
  auto awaited = runtime.spawn("awaited", [](Context ctx) -> task<int> {
    co_await ctx.main_thread([] {});
    co_return 1;
  });
  auto waits = runtime.spawn("waits", [&, awaited](Context) -> task<int> {
    waiting.count_down();
    co_return co_await awaited;
  });
  waiting.wait();
  waits.cancel();
  // Elsewhere: here it would drain what the other one waits for.
  std::thread([&] { EXPECT_THROW(waits.get(), Cancelled); }).join();
  EXPECT_EQ(1, awaited.get());
}

TEST_F(TaskTest, OneWaiterMayCancelTheNext) {
  TaskHandle<> second;
  std::latch go(1);
  auto awaited =
      runtime.spawn("awaited", [&](Context ctx) -> task<> { co_await ctx.worker([&] { go.wait(); }); });
  std::latch both(2);
  auto first = runtime.spawn("first", [&, awaited](Context) -> task<> {
    both.count_down();
    co_await awaited;
    second.cancel();
  });
  second = runtime.spawn("second", [&, awaited](Context) -> task<> {
    both.count_down();
    co_await awaited;
  });
  both.wait();
  go.count_down();
  first.get();
  second.wait_for(10s);
  EXPECT_TRUE(second.has_ended());
}

TEST_F(TaskTest, StopCancelsWhatRuns) {
  auto handle = runtime.spawn("runs", [](Context ctx) { return wait_for_ever(ctx); });
  runtime.stop();
  EXPECT_TRUE(handle.has_ended());
  EXPECT_THROW(handle.get(), Error);  // HostGone where it began to sleep when there was no host any more
}

TEST_F(TaskTest, StopLetsATaskCleanUp) {
  bool cleaned = false;
  std::latch started(1);
  auto handle = runtime.spawn("cleans up", [&](Context ctx) -> task<> {
    started.count_down();
    try {
      co_await ctx.sleep(1h);
    } catch (const Error&) {  // Cancelled; HostGone where it began to sleep when there was no host any more
    }
    EXPECT_THROW(co_await ctx.main_thread([] {}), Error);  // there is no host any more
    cleaned = true;
  });
  started.wait();
  runtime.stop();
  EXPECT_TRUE(cleaned);
  handle.get();
}

}  // namespace
}  // namespace silex::test
