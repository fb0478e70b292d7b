// C++ tasks spawned from eight threads while the runtime stops: every one ends, every frame is freed.
#include "stress.hpp"

#include <silex/silex.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace silex::test {
namespace {

using std::chrono_literals::operator""us;

// Frames of coroutines: made, and freed again.
struct Frames {
  std::atomic<std::int64_t> made{0};
  std::atomic<std::int64_t> freed{0};
  std::atomic<bool> closed{false};
  std::atomic<int> ran_late{0};
};

class Frame {
 public:
  explicit Frame(Frames& frames) : frames_(frames) { ++frames_.made; }
  ~Frame() { ++frames_.freed; }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

 private:
  Frames& frames_;
};

task<int> twice(Context ctx, Frames& frames) {
  const Frame frame(frames);
  int sum = co_await ctx.main_thread([] { return 1; });
  sum += co_await ctx.worker([] { return 1; });
  co_return sum;
}

task<int> everything(Context ctx, Frames& frames, unsigned kind) {
  const Frame frame(frames);
  const auto on_main = [&frames] {
    if (frames.closed) ++frames.ran_late;
    return 2;
  };
  switch (kind % 6) {
    case 0:
      co_return co_await twice(ctx, frames);
    case 1: {
      const auto [left, right] = co_await when_all(twice(ctx, frames), twice(ctx, frames));
      co_return left + right - 2;
    }
    case 2:
      co_await ctx.sleep(10us);
      co_return co_await ctx.main_thread(on_main, {.timeout = 100us});
    case 3:
      co_return co_await ctx.main_thread(on_main);
    case 4:
      co_await ctx.main_thread([] { throw std::runtime_error("on purpose"); });
      co_return 0;
    default:
      co_return co_await ctx.spawn("inner", [&frames](Context c) { return twice(c, frames); });
  }
}

// How a task may end while the runtime stops.
bool ended_well(TaskHandle<int>& handle) {
  try {
    return handle.get() == 2;
  } catch (const Cancelled&) {
  } catch (const TimedOut&) {
  } catch (const HostGone&) {
  } catch (const Error& error) {
    return error.code() == SILEX_ERROR_QUEUE_FULL;
  } catch (const std::runtime_error& error) {
    return std::string(error.what()) == "on purpose";
  }
  return true;
}

TEST_F(Stress, TasksSpawnedWhileItStopsAllEnd) {
  create();
  const Context context(silex_get_api(), runtime);
  const int rounds = is_long() ? 10'000 : 100;
  const unsigned seed = pick_seed();
  std::mt19937 random(seed);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("SILEX_TEST_SEED=" + std::to_string(seed) + ", round " + std::to_string(round));
    Frames frames;
    std::atomic<int> ended_badly = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, thread_seed = static_cast<unsigned>(random())] {
        std::minstd_rand mine(thread_seed);
        std::vector<TaskHandle<int>> handles;
        while (!frames.closed) {
          try {
            const auto kind = static_cast<unsigned>(mine());
            handles.push_back(context.spawn(
                "stress", [&frames, kind](Context ctx) { return everything(ctx, frames, kind); }));
            if (mine() % 4 == 0) handles.back().cancel();
            if (mine() % 8 == 0 && !ended_well(handles.back())) ++ended_badly;
          } catch (const HostGone&) {
            std::this_thread::yield();
          }
        }
        for (auto& handle : handles) {
          if (!handle.has_ended()) ++ended_badly;
        }
      });
    }
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    for (auto pumps = random() % 4; pumps > 0; --pumps) {
      silex_pump_until(runtime, nullptr, nullptr, random() % 500'000);
    }
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    frames.closed = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(0, ended_badly);
    EXPECT_EQ(0, frames.ran_late);
    EXPECT_EQ(frames.made, frames.freed);
  }
}

// g++ reads the first result after the second await has ended.
TEST_F(Stress, TwoAwaitsInOneExpressionGiveBothResults) {
  create();
  ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
  const Context context(silex_get_api(), runtime);
  auto handle = context.spawn("adds", [](Context ctx) -> task<std::string> {
    const auto half = [] { return std::string(100, 'x'); };
    co_return co_await ctx.main_thread(half) + co_await ctx.worker(half);
  });
  EXPECT_EQ(std::string(200, 'x'), handle.get());
}

TEST_F(Stress, ACancelDuringTheSecondOfTwoAwaitsInOneExpressionReachesThatOneAlone) {
  create();
  ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
  const Context context(silex_get_api(), runtime);
  for (int round = 0; round < 100; ++round) {
    auto ended = context.spawn("ends", [](Context ctx) -> task<int> {
      co_await ctx.worker([] {});
      co_return 1;
    });
    std::atomic<bool> second = false;
    auto waits = context.spawn("waits", [&](Context ctx) -> task<int> {
      const auto endless = [&](StopToken stop) -> int {
        second = true;
        while (!stop.stop_requested()) std::this_thread::yield();
        throw Cancelled();
      };
      co_return co_await ended + co_await ctx.worker(endless);
    });
    while (!second) std::this_thread::yield();
    waits.cancel();
    EXPECT_THROW(waits.get(), Cancelled);
  }
}

}  // namespace
}  // namespace silex::test
