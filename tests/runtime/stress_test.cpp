// Bad weather: starts, stops and quits at random moments, with everything under way.
#include "ledger.hpp"

#include <silex/silex.hpp>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <latch>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace silex::test {
namespace {

using Steady = std::chrono::steady_clock;

bool is_long() {
  return std::getenv("SILEX_TEST_LONG") != nullptr;
}

class StressTest : public ::testing::Test {
 protected:
  StressTest() {
    silex_options options{};
    options.size = sizeof options;
    options.workers = 3;
    options.log_sink = [](void*, silex_log_level, const char*) {};
    EXPECT_EQ(SILEX_OK, silex_runtime_create(&options, &runtime));
  }
  ~StressTest() override { EXPECT_EQ(SILEX_OK, silex_runtime_destroy(runtime)); }

  silex_runtime* runtime = nullptr;
};

// What a thread does until it is refused.
void defer_until_refused(silex_runtime* runtime, Ledger& ledger, unsigned seed) {
  std::minstd_rand random(seed);
  for (;;) {
    silex_id id = 0;
    bool accepted = false;
    switch (random() % 6) {
      case 0:
        accepted = ledger.hand_over(runtime, &silex_submit, ledger.work());
        break;
      case 1: {
        silex_work limited = ledger.work();
        limited.timeout_ns = 1 + random() % 200'000;
        accepted = ledger.hand_over(runtime, random() % 2 ? &silex_defer : &silex_submit, limited);
        break;
      }
      case 2:
        accepted = ledger.hand_over(runtime, &silex_defer, ledger.work(), &id);
        if (accepted) silex_cancel(runtime, id);
        break;
      case 3: {
        // Its caller waits and is told; the books see it released, whatever became of it.
        silex_work waited = ledger.work();
        static_cast<Entry*>(waited.data)->dones = 1;
        ++ledger.outcomes[SILEX_OUTCOME_VALUE];
        ++ledger.accepted;
        accepted = silex_call_and_wait(runtime, &waited) == SILEX_OK;
        break;
      }
      default:
        accepted = ledger.hand_over(runtime, &silex_defer, ledger.work());
        break;
    }
    if (!accepted && !silex_runtime_is_running(runtime)) return;
  }
}

TEST_F(StressTest, StopAtARandomMomentLeavesNothingBehind) {
  const int rounds = is_long() ? 10'000 : 300;
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    Ledger ledger;
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, thread_seed = static_cast<unsigned>(random())] {
        defer_until_refused(runtime, ledger, thread_seed);
      });
    }
    const auto drains = random() % 4;
    for (unsigned i = 0; i < drains; ++i) silex_drain(runtime, nullptr);
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    ledger.closed = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(ledger.accepted, ledger.told());
    EXPECT_EQ(ledger.accepted, ledger.released);
    EXPECT_EQ(0u, ledger.wrong);
    EXPECT_EQ(0u, ledger.late_runs);
    if (HasFailure()) return;
  }
}

TEST_F(StressTest, TasksSpawnedWhileItStopsAllEnd) {
  const int rounds = is_long() ? 2'000 : 50;
  for (int round = 0; round < rounds; ++round) {
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    const Context context(silex_get_api(), runtime);
    std::atomic<int> spawned = 0;
    std::atomic<int> ended = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        try {
          for (;;) {
            context.spawn("stress", [&](Context ctx) -> task<> {
              struct Ended {
                std::atomic<int>* count;
                ~Ended() { ++*count; }
              } const count{&ended};
              co_await ctx.main_thread([] {});
              co_await ctx.worker([] {});
              co_await ctx.sleep(std::chrono::microseconds(10));
              co_await ctx.main_thread([] {});
            });
            ++spawned;
          }
        } catch (const HostGone&) {
        }
      });
    }
    for (int i = 0; i < 20; ++i) silex_drain(runtime, nullptr);
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    for (auto& thread : threads) thread.join();
    EXPECT_LE(ended, spawned);  // one that was cancelled before it began made no coroutine
  }
}

TEST_F(StressTest, AHundredThousandWaitersAreToldThatTheHostIsGone) {
  constexpr std::uint64_t kCalls = 100'000;
  ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
  Ledger ledger;
  for (std::uint64_t i = 0; i < kCalls; ++i) ledger.hand_over(runtime, &silex_defer, ledger.work());
  const auto begin = Steady::now();
  ASSERT_EQ(SILEX_OK, silex_runtime_stop(runtime));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin);
  EXPECT_EQ(kCalls, ledger.outcomes[SILEX_OUTCOME_HOST_GONE]);
  EXPECT_EQ(kCalls, ledger.released);
  std::printf("told %llu waiters in %lld ms\n", static_cast<unsigned long long>(kCalls),
              static_cast<long long>(took.count()));
#if defined(NDEBUG)
  EXPECT_LE(took.count(), 100);
#endif
}

std::ptrdiff_t entries_in(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

TEST_F(StressTest, StartAndStopLeaveNoThreadAndNoDescriptor) {
  const auto round = [&] {
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    Ledger ledger;
    ledger.hand_over(runtime, &silex_submit, ledger.work());
    ASSERT_EQ(SILEX_OK, silex_runtime_stop(runtime));
  };
  round();  // what is made once is made now
  const auto descriptors = entries_in("/proc/self/fd");
  const auto threads = entries_in("/proc/self/task");
  for (int i = 0; i < 100; ++i) round();
  EXPECT_EQ(descriptors, entries_in("/proc/self/fd"));
  EXPECT_EQ(threads, entries_in("/proc/self/task"));
}

}  // namespace
}  // namespace silex::test
