// What a task awaits: the main thread, workers, time; and the blocking form for other threads.
#include "task_test.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

namespace silex::test {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

TEST_F(TaskTest, MainThreadRunsOnTheMainThreadAndGivesTheValue) {
  auto handle = runtime.spawn("defer", [](Context ctx) -> task<std::thread::id> {
    co_return co_await ctx.main_thread([] { return std::this_thread::get_id(); });
  });
  EXPECT_EQ(std::this_thread::get_id(), handle.get());
}

TEST_F(TaskTest, MainThreadCallsKeepTheirOrder) {
  std::vector<int> order;
  auto handle = runtime.spawn("order", [&](Context ctx) -> task<> {
    std::vector<task<>> calls;
    for (int i = 0; i < 50; ++i) {
      calls.push_back([](Context c, std::vector<int>* into, int value) -> task<> {
        co_await c.main_thread([=] { into->push_back(value); });
      }(ctx, &order, i));
    }
    co_await when_all(std::move(calls));
  });
  handle.get();
  ASSERT_EQ(50u, order.size());
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_F(TaskTest, ExceptionsComeBackAsTheyWereThrown) {
  struct Custom : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  auto handle = runtime.spawn("throws", [](Context ctx) -> task<std::string> {
    std::string caught;
    try {
      co_await ctx.main_thread([]() -> int { throw Custom("from the host"); });
    } catch (const Custom& error) {
      caught = error.what();
    }
    try {
      co_await ctx.worker([] { throw 42; });
    } catch (int number) {
      caught += " " + std::to_string(number);
    }
    co_return caught;
  });
  EXPECT_EQ("from the host 42", handle.get());
}

TEST_F(TaskTest, WorkerRunsOnAWorker) {
  auto handle = runtime.spawn("work", [](Context ctx) -> task<silex_thread> {
    co_return co_await ctx.worker([ctx] { return ctx.current_thread(); });
  });
  EXPECT_EQ(SILEX_THREAD_WORKER, handle.get());
}

TEST_F(TaskTest, ATimeoutThrowsTimedOutAndTheCallNeverRuns) {
  std::atomic<bool> ran = false;
  std::latch over(1);
  auto handle = runtime.spawn("timeout", [&](Context ctx) -> task<bool> {
    bool timed_out = false;
    try {
      co_await ctx.main_thread([&] { ran = true; }, {.name = "late", .timeout = 1ms});
    } catch (const TimedOut&) {
      timed_out = true;
    }
    over.count_down();
    co_return timed_out;
  });
  over.wait();  // nobody drains meanwhile
  EXPECT_TRUE(handle.get());
  EXPECT_FALSE(ran);
}

TEST_F(TaskTest, SleepsDoNotHoldOtherTasks) {
  auto slow = runtime.spawn("slow", [](Context ctx) { return wait_for_ever(ctx); });
  EXPECT_EQ(1, runtime.spawn("quick", [](Context) -> task<int> { co_return 1; }).get());
}

TEST_F(TaskTest, CallAndWaitRunsAtOnceOnTheMainThread) {
  EXPECT_EQ(3, runtime.context().call_and_wait([] { return 3; }));
  EXPECT_THROW(runtime.context().call_and_wait([] { throw std::runtime_error("here"); }), std::runtime_error);
}

TEST_F(TaskTest, CallAndWaitWaitsOnAWorker) {
  auto handle = runtime.spawn("from a worker", [](Context ctx) -> task<silex_thread> {
    co_return co_await ctx.worker(
        [ctx] { return ctx.call_and_wait([ctx] { return ctx.current_thread(); }); });
  });
  EXPECT_EQ(SILEX_THREAD_MAIN, handle.get());
}

TEST_F(TaskTest, CallAndWaitIsRefusedOnTheLoop) {
  auto handle = runtime.spawn("deadlock", [](Context ctx) -> task<silex_status> {
    try {
      ctx.call_and_wait([] {});
    } catch (const Error& error) {
      co_return error.code();
    }
    co_return SILEX_OK;
  });
  EXPECT_EQ(SILEX_ERROR_WOULD_DEADLOCK, handle.get());
}

TEST_F(TaskTest, CallAndWaitGivesUpAfterItsTimeout) {
  std::atomic<bool> timed_out = false;
  std::thread([&] {
    try {
      runtime.context().call_and_wait([] {}, {.timeout = 1ms});
    } catch (const TimedOut&) {
      timed_out = true;
    }
  }).join();
  EXPECT_TRUE(timed_out);
}

TEST_F(TaskTest, CallAndWaitLeavesACallThatRunsWhereItMayBeAbandoned) {
  const auto told = std::make_shared<std::atomic<bool>>(false);
  std::thread waiter([&, told] {
    EXPECT_THROW(runtime.context().call_and_wait(
                     [told] {
                       while (!*told) std::this_thread::yield();
                     },
                     {.timeout = 1ms, .abandon = true}),
                 TimedOut);
    *told = true;
  });
  runtime.pump_until([&] { return told->load(); }, 10s);
  waiter.join();
}

TEST_F(TaskTest, StoppingFromInsideADeferredCallTellsItsOwnWaiterToo) {
  std::atomic<bool> stopped = false;
  auto handle = runtime.spawn("stops", [&](Context ctx) -> task<bool> {
    try {
      // By value where it goes on after the stop: the awaiting coroutine is gone by then.
      co_await ctx.main_thread([this, done = &stopped] {
        runtime.stop();
        *done = true;
      });
    } catch (const HostGone&) {
      co_return true;
    }
    co_return false;
  });
  while (!handle.has_ended()) {
    try {
      runtime.drain();
    } catch (const HostGone&) {
      break;
    }
  }
  EXPECT_TRUE(stopped);
  EXPECT_TRUE(handle.get());
}

TEST_F(TaskTest, WatchdogsNameTheTaskThatHoldsTheLoop) {
  std::latch told(1);
  std::string name;
  RuntimeOptions options;
  options.loop_stall = 20ms;
  options.log = [](silex_log_level, std::string_view) {};
  options.events = [&](const silex_event& event) {
    // Where the machine is slow the thread's own beginning may be, which is nobody's.
    if (event.kind != SILEX_EVENT_LOOP_STALLED || event.task == 0) return;
    name = event.name;
    told.count_down();
  };
  Runtime watched(std::move(options));
  watched.start();
  // It holds the loop until the warning has come.
  watched
      .spawn("greedy",
             [&](Context) -> task<> {
               told.wait();
               co_return;
             })
      .get();
  EXPECT_EQ("greedy", name);
}

}  // namespace
}  // namespace silex::test
