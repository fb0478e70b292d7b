// The host quits while a hundred thousand calls wait for it.
#include "stress.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace silex::test {
namespace {

using Steady = std::chrono::steady_clock;

TEST_F(Stress, AHundredThousandWaitersAreToldThatTheHostIsGone) {
  constexpr std::uint64_t kCalls = 100'000;
  constexpr int kThreads = 8;
  create();
  ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
  Ledger ledger;
  std::atomic<int> blocked_told = 0;
  std::vector<std::thread> blocked;
  for (int i = 0; i < kThreads; ++i) {
    blocked.emplace_back([&] {
      silex_work work{};
      work.size = sizeof work;
      work.run = [](void*, const silex_scope*) -> silex_status { return SILEX_OK; };
      if (silex_call_and_wait(runtime, &work) == SILEX_ERROR_HOST_GONE) ++blocked_told;
    });
  }
  for (std::uint64_t i = 0; i < kCalls; ++i) ledger.hand_over(runtime, &silex_defer, ledger.work());
  silex_metrics metrics{};
  metrics.size = sizeof metrics;
  while (metrics.calls_queued < kCalls + kThreads) {
    ASSERT_EQ(SILEX_OK, silex_metrics_read(runtime, &metrics));
    std::this_thread::yield();
  }

  const auto begin = Steady::now();
  ASSERT_EQ(SILEX_OK, silex_runtime_stop(runtime));
  for (auto& thread : blocked) thread.join();
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin);

  EXPECT_EQ(kThreads, blocked_told);
  EXPECT_EQ(kCalls, ledger.outcomes[SILEX_OUTCOME_HOST_GONE]);
  EXPECT_EQ(kCalls, ledger.released);
  EXPECT_EQ(0u, ledger.wrong);
  std::printf("%llu waiters were told within %lld ms\n", static_cast<unsigned long long>(kCalls + kThreads),
              static_cast<long long>(took.count()));
  EXPECT_LE(took.count(), 20'000);  // of a hang, not of speed
}

}  // namespace
}  // namespace silex::test
