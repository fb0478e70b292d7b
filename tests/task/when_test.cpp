// when_all and when_any: side by side, and nothing left behind.
#include "task_test.hpp"

#include <latch>
#include <stdexcept>

namespace silex::test {
namespace {

using std::chrono_literals::operator""ms;

task<int> later(Context ctx, int value) {
  co_await ctx.sleep(1ms);
  co_return value;
}
task<int> fail_later(Context ctx) {
  co_await ctx.sleep(1ms);
  throw std::runtime_error("failed");
}
// Counts itself as ended, whichever way it ends.
task<int> endless(Context ctx, int* ended) {
  struct Count {
    int* count;
    ~Count() { ++*count; }
  } const count{ended};
  co_await wait_for_ever(ctx);
  co_return 0;
}

TEST_F(TaskTest, WhenAllGivesEveryResultInOrder) {
  auto handle = runtime.spawn("all", [](Context ctx) -> task<std::string> {
    auto text = [](Context c) -> task<std::string> {
      co_await c.main_thread([] {});
      co_return "text";
    };
    auto [number, nothing, string] = co_await when_all(
        later(ctx, 1), [](Context c) -> task<> { co_await c.sleep(1ms); }(ctx), text(ctx));
    static_assert(std::is_same_v<decltype(nothing), std::monostate>);
    co_return std::to_string(number) + string;
  });
  EXPECT_EQ("1text", handle.get());
}

TEST_F(TaskTest, WhenAllOfManyGivesAVector) {
  auto handle = runtime.spawn("all", [](Context ctx) -> task<std::vector<int>> {
    std::vector<task<int>> tasks;
    for (int i = 0; i < 100; ++i) tasks.push_back(later(ctx, i));
    co_return co_await when_all(std::move(tasks));
  });
  const std::vector<int> values = handle.get();
  ASSERT_EQ(100u, values.size());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(i, values[static_cast<std::size_t>(i)]);
}

TEST_F(TaskTest, WhenAllOfNothingEndsAtOnce) {
  auto handle = runtime.spawn("none", [](Context) -> task<std::size_t> {
    co_await when_all(std::vector<task<>>());
    co_return (co_await when_all(std::vector<task<int>>())).size();
  });
  EXPECT_EQ(0u, handle.get());
}

TEST_F(TaskTest, WhenAllThrowsTheFirstExceptionAfterTheOthersWereCancelled) {
  auto handle = runtime.spawn("all", [](Context ctx) -> task<int> {
    int ended = 0;
    try {
      co_await when_all(endless(ctx, &ended), fail_later(ctx), endless(ctx, &ended));
    } catch (const std::runtime_error&) {
      co_return ended;
    }
    co_return -1;
  });
  EXPECT_EQ(2, handle.get());
}

TEST_F(TaskTest, WhenAnyGivesTheFirstAndCancelsTheOthers) {
  auto handle = runtime.spawn("any", [](Context ctx) -> task<std::pair<std::size_t, int>> {
    int ended = 0;
    auto [index, value] = co_await when_any(endless(ctx, &ended), later(ctx, 7), endless(ctx, &ended));
    EXPECT_EQ(2, ended);
    co_return {index, value};
  });
  EXPECT_EQ(std::pair(std::size_t{1}, 7), handle.get());
}

TEST_F(TaskTest, WhenAnyThrowsWhatTheFirstThrew) {
  auto handle = runtime.spawn("any", [](Context ctx) -> task<int> {
    int ended = 0;
    co_return (co_await when_any(endless(ctx, &ended), fail_later(ctx))).second;
  });
  EXPECT_THROW(handle.get(), std::runtime_error);
}

TEST_F(TaskTest, WhenAnyOfNothingIsCancelled) {
  auto handle = runtime.spawn("none", [](Context) -> task<> { co_await when_any(std::vector<task<>>()); });
  EXPECT_THROW(handle.get(), Cancelled);
}

TEST_F(TaskTest, WhenAnyDoesNotStartWhatIsSuperfluousAlready) {
  auto handle = runtime.spawn("any", [](Context) -> task<int> {
    int started = 0;
    auto start = [](int* count) -> task<int> { co_return ++*count; };
    co_await when_any(start(&started), start(&started), start(&started));
    co_return started;
  });
  EXPECT_EQ(1, handle.get());
}

TEST_F(TaskTest, CancelReachesAllChildrenOfAGroup) {
  std::latch started(1);
  int ended = 0;
  auto handle = runtime.spawn("group", [&](Context ctx) -> task<> {
    auto mark = [](std::latch* begun, Context c) -> task<int> {
      begun->count_down();
      co_await wait_for_ever(c);
      co_return 0;
    };
    co_await when_all(endless(ctx, &ended), endless(ctx, &ended), mark(&started, ctx));
  });
  started.wait();
  handle.cancel();
  EXPECT_THROW(handle.get(), Cancelled);
  EXPECT_EQ(2, ended);
}

TEST_F(TaskTest, GroupsNest) {
  auto handle = runtime.spawn("nest", [](Context ctx) -> task<int> {
    auto pair = [](Context c, int value) -> task<int> {
      auto [a, b] = co_await when_all(later(c, value), later(c, value + 1));
      co_return a + b;
    };
    auto [left, right] = co_await when_all(pair(ctx, 1), pair(ctx, 10));
    co_return left + right;
  });
  EXPECT_EQ(24, handle.get());
}

}  // namespace
}  // namespace silex::test
