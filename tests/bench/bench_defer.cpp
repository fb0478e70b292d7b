// Deferred calls beside a bare hand-over between two threads, in the same run.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <silex/silex.hpp>

#include <benchmark/benchmark.h>

namespace {

// Two threads that hand one word over with a mutex and two condition variables: what no deferred call of
// this shape can beat by waking threads.
void BareHandOver(benchmark::State& state) {
  std::mutex mutex;
  std::condition_variable to_main;
  std::condition_variable to_loop;
  int turn = 0;  // 0: loop, 1: main, 2: end
  std::thread main_thread([&] {
    std::unique_lock lock(mutex);
    for (;;) {
      to_main.wait(lock, [&] { return turn != 0; });
      if (turn == 2) return;
      turn = 0;
      to_loop.notify_one();
    }
  });
  for (auto _ : state) {
    std::unique_lock lock(mutex);
    turn = 1;
    to_main.notify_one();
    to_loop.wait(lock, [&] { return turn == 0; });
  }
  {
    const std::lock_guard lock(mutex);
    turn = 2;
  }
  to_main.notify_one();
  main_thread.join();
}
BENCHMARK(BareHandOver)->UseRealTime();

silex::task<> defer_many(silex::Context ctx, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    benchmark::DoNotOptimize(co_await ctx.main_thread([i] { return i; }));
  }
}

// One deferred call after another, awaited; this thread is the main thread and waits on a condition.
void SequentialDefer(benchmark::State& state) {
  silex::Runtime runtime;
  runtime.start();
  constexpr std::int64_t kCalls = 1000;
  for (auto _ : state) {
    runtime.spawn("chain", [](silex::Context ctx) { return defer_many(ctx, kCalls); }).get();
  }
  state.SetItemsProcessed(state.iterations() * kCalls);
}
BENCHMARK(SequentialDefer)->UseRealTime();

silex::task<> defer_one(silex::Context ctx, std::int64_t* sum, std::int64_t value) {
  *sum += co_await ctx.main_thread([value] { return value; });
}

silex::task<> defer_all(silex::Context ctx, std::int64_t count, std::int64_t* sum) {
  std::vector<silex::task<>> calls;
  calls.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) calls.push_back(defer_one(ctx, sum, i));
  co_await silex::when_all(std::move(calls));
}

// All calls outstanding at once, each awaited by a coroutine of its own.
void OutstandingDefer(benchmark::State& state) {
  silex::Runtime runtime;
  runtime.start();
  const std::int64_t calls = state.range(0);
  for (auto _ : state) {
    std::int64_t sum = 0;
    runtime.spawn("burst", [&](silex::Context ctx) { return defer_all(ctx, calls, &sum); }).get();
    if (sum != calls * (calls - 1) / 2) state.SkipWithError("calls were lost");
  }
  state.SetItemsProcessed(state.iterations() * calls);
}
BENCHMARK(OutstandingDefer)->Arg(200'000)->UseRealTime()->Unit(benchmark::kMillisecond);

silex::task<> defer_in_vain(silex::Context ctx, std::uint64_t* told) {
  try {
    co_await ctx.main_thread([] {});
  } catch (const silex::HostGone&) {
    ++*told;
  }
}

silex::task<> defer_all_in_vain(silex::Context ctx, std::uint64_t count, std::uint64_t* told) {
  std::vector<silex::task<>> calls;
  calls.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) calls.push_back(defer_in_vain(ctx, told));
  co_await silex::when_all(std::move(calls));
}

// The host goes with calls pending: until whoever awaits one has been told, and the threads have ended.
void StopWithPendingCalls(benchmark::State& state) {
  const auto calls = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    silex::Runtime runtime;
    runtime.start();
    std::uint64_t told = 0;
    runtime.spawn("pending", [&](silex::Context ctx) { return defer_all_in_vain(ctx, calls, &told); });
    while (runtime.metrics().calls_queued < calls) std::this_thread::yield();
    const auto begin = std::chrono::steady_clock::now();
    runtime.stop();
    state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (told != calls) state.SkipWithError("somebody was not told");
  }
}
BENCHMARK(StopWithPendingCalls)->Arg(100'000)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
#if defined(__GLIBC__)
  // A burst frees some 100 MB at its end; giving that back to the system and faulting it in again for the
  // next one would be measured as part of it.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 256 << 20);
#endif
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
