// What silex::task<T> promises: values, exceptions, laziness, stack use.
#include "task_test.hpp"

#include <memory>
#include <stdexcept>
#include <thread>

namespace silex::test {
namespace {

using std::chrono_literals::operator""ms;

task<int> give(int value) {
  co_return value;
}
task<int> fail() {
  throw std::runtime_error("no such node");
  co_return 0;
}

TEST_F(TaskTest, ReturnsItsValueToWhoeverWaits) {
  EXPECT_EQ(42, runtime.spawn("value", [](Context) { return give(42); }).get());
}

TEST_F(TaskTest, CarriesMoveOnlyValues) {
  auto handle = runtime.spawn("move", [](Context) -> task<std::unique_ptr<int>> {
    auto inner = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(7); };
    co_return co_await inner();
  });
  EXPECT_EQ(7, *handle.get());
}

TEST_F(TaskTest, ThrowsAtTheAwaitWhatTheAwaitedTaskThrew) {
  auto handle = runtime.spawn("catches", [](Context) -> task<std::string> {
    try {
      co_await fail();
    } catch (const std::runtime_error& error) {
      co_return error.what();
    }
    co_return "nothing was thrown";
  });
  EXPECT_EQ("no such node", handle.get());
}

TEST_F(TaskTest, ThrowsFromGetWhatTheTaskThrew) {
  auto handle = runtime.spawn("throws", [](Context) { return fail(); });
  EXPECT_THROW(handle.get(), std::runtime_error);
}

TEST_F(TaskTest, ThrowsFromGetWhatTheFunctionThrewBeforeThereWasATask) {
  auto handle = runtime.spawn("throws early", [](Context) -> task<> { throw std::runtime_error("early"); });
  EXPECT_THROW(handle.get(), std::runtime_error);
}

TEST_F(TaskTest, DoesNothingUntilItIsAwaited) {
  auto handle = runtime.spawn("lazy", [](Context) -> task<int> {
    int started = 0;
    auto start = [&]() -> task<> {
      ++started;
      co_return;
    };
    { const auto dropped = start(); }
    auto kept = start();
    const int before = started;
    co_await std::move(kept);
    co_return before * 10 + started;
  });
  EXPECT_EQ(1, handle.get());
}

TEST_F(TaskTest, RunsOnTheLoop) {
  auto handle =
      runtime.spawn("where", [](Context ctx) -> task<silex_thread> { co_return ctx.current_thread(); });
  EXPECT_EQ(SILEX_THREAD_LOOP, handle.get());
}

TEST_F(TaskTest, AwaitingAMillionTasksThatNeverSuspendTakesNoStack) {
  auto handle = runtime.spawn("long", [](Context) -> task<long> {
    long sum = 0;
    for (int i = 0; i < 1'000'000; ++i) sum += co_await give(1);
    co_return sum;
  });
  EXPECT_EQ(1'000'000, handle.get());
}

TEST_F(TaskTest, KeepsTheCapturesOfItsFunctionAlive) {
  auto kept = std::make_shared<int>(5);
  const std::weak_ptr<int> watched = kept;
  auto handle = runtime.spawn("captures", [kept = std::move(kept)](Context ctx) -> task<int> {
    co_await ctx.sleep(1ms);
    co_return *kept;
  });
  EXPECT_EQ(5, handle.get());
  handle = {};
  // The loop lets go of the task a moment after it told its end.
  EXPECT_TRUE(runtime.pump_until([&] { return watched.expired(); }, std::chrono::seconds(10)));
}

TEST_F(TaskTest, StartsFromAnyThread) {
  int value = 0;
  std::thread([&] { value = runtime.spawn("elsewhere", [](Context) { return give(3); }).get(); }).join();
  EXPECT_EQ(3, value);
}

TEST_F(TaskTest, IsAwaitedThroughItsHandleByOtherTasks) {
  auto first = runtime.spawn("first", [](Context ctx) -> task<int> {
    co_await ctx.sleep(2ms);
    co_return 1;
  });
  auto second = runtime.spawn("second", [first](Context) -> task<int> { co_return 1 + co_await first; });
  EXPECT_EQ(2, second.get());
}

TEST_F(TaskTest, RefusesToWaitOnTheLoopForWhatRunsThere) {
  auto other = runtime.spawn("other", [](Context ctx) { return wait_for_ever(ctx); });
  auto handle = runtime.spawn("waits", [other](Context) mutable -> task<silex_status> {
    try {
      other.get();
    } catch (const Error& error) {
      co_return error.code();
    }
    co_return SILEX_OK;
  });
  EXPECT_EQ(SILEX_ERROR_WOULD_DEADLOCK, handle.get());
}

TEST_F(TaskTest, WaitForGivesUpAfterItsTime) {
  auto handle = runtime.spawn("slow", [](Context ctx) { return wait_for_ever(ctx); });
  EXPECT_FALSE(handle.wait_for(1ms));
  bool elsewhere = true;
  std::thread([&] { elsewhere = handle.wait_for(1ms); }).join();
  EXPECT_FALSE(elsewhere);
}

TEST_F(TaskTest, AnExceptionThatNobodySeesGoesToTheLogUnderTheTasksName) {
  runtime.spawn("export scene", [](Context) { return fail(); });
  EXPECT_TRUE(runtime.pump_until([&] { return !log_lines().empty(); }, std::chrono::seconds(10)));
  EXPECT_THAT(log_lines(), ::testing::ElementsAre("task 'export scene' failed: no such node"));
}

TEST_F(TaskTest, AnExceptionThatIsSeenDoesNotGoToTheLog) {
  EXPECT_THROW(runtime.spawn("seen", [](Context) { return fail(); }).get(), std::runtime_error);
  runtime.stop();
  EXPECT_THAT(log_lines(), ::testing::IsEmpty());
}

TEST_F(TaskTest, CanBeSpawnedAgainAfterAStopAndAStart) {
  runtime.stop();
  EXPECT_THROW(runtime.spawn("too late", [](Context) { return give(1); }), HostGone);
  runtime.start();
  EXPECT_EQ(2, runtime.spawn("again", [](Context) { return give(2); }).get());
}

}  // namespace
}  // namespace silex::test
