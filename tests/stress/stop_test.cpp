// Starts and stops at random moments, with eight threads that knock before, during and after.
#include "stress.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace silex::test {
namespace {

// Timers and posted functions that were accepted, and those that had their last call.
struct LoopBooks {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> ended{0};
  std::atomic<bool> closed{false};
  std::atomic<std::uint64_t> late{0};

  void end() {
    if (closed) ++late;
    ++ended;
  }
};

struct Tick {
  LoopBooks* books;
  bool periodic;
};

bool start_timer(silex_runtime* runtime, LoopBooks& books, std::minstd_rand& random, silex_id* id) {
  auto tick = std::make_unique<Tick>(Tick{&books, random() % 2 == 0});
  silex_timer timer{};
  timer.size = sizeof timer;
  timer.delay_ns = random() % 500'000;
  timer.period_ns = tick->periodic ? 10'000 + random() % 100'000 : 0;
  timer.data = tick.get();
  timer.fired = [](void* data, silex_status reason) {
    const auto& fired = *static_cast<Tick*>(data);
    if (reason == SILEX_OK && fired.periodic) return;
    fired.books->end();
    delete static_cast<Tick*>(data);
  };
  if (silex_timer_start(runtime, &timer, id) != SILEX_OK) return false;
  static_cast<void>(tick.release());
  ++books.accepted;
  return true;
}

bool post(silex_runtime* runtime, LoopBooks& books) {
  const auto posted = [](void* data) { static_cast<LoopBooks*>(data)->end(); };
  if (silex_post(runtime, 0, posted, &books) != SILEX_OK) return false;
  ++books.accepted;
  return true;
}

bool call_and_wait(silex_runtime* runtime, Ledger& ledger, std::minstd_rand& random) {
  // Its caller waits and is told; the books see it released, whatever became of it.
  silex_work waited = ledger.work();
  if (random() % 2) waited.timeout_ns = 1 + random() % 200'000;
  static_cast<Entry*>(waited.data)->dones = 1;
  ++ledger.outcomes[SILEX_OUTCOME_VALUE];
  ++ledger.accepted;
  const silex_status status = silex_call_and_wait(runtime, &waited);
  return status == SILEX_OK || status == SILEX_ERROR_TIMED_OUT;
}

// One piece of anything: whether it was accepted.
bool hand_over_something(silex_runtime* runtime, Ledger& ledger, LoopBooks& books, std::minstd_rand& random) {
  silex_id id = 0;
  const auto how = random() % 2 ? &silex_defer : &silex_submit;
  switch (random() % 8) {
    case 0: {
      silex_work limited = ledger.work();
      limited.timeout_ns = 1 + random() % 200'000;
      if (random() % 2) limited.flags = SILEX_WORK_ABANDON;
      return ledger.hand_over(runtime, how, limited);
    }
    case 1: {
      const bool accepted = ledger.hand_over(runtime, how, ledger.work(), &id);
      if (accepted) silex_cancel(runtime, id);
      return accepted;
    }
    case 2:
      return call_and_wait(runtime, ledger, random);
    case 3: {
      const bool accepted = start_timer(runtime, books, random, &id);
      if (accepted && random() % 2) silex_cancel(runtime, id);
      return accepted;
    }
    case 4:
      return post(runtime, books);
    default:
      return ledger.hand_over(runtime, how, ledger.work());
  }
}

TEST_F(Stress, StopAtARandomMomentLeavesNothingBehind) {
  create();
  const int rounds = is_long() ? 10'000 : 300;
  const unsigned seed = pick_seed();
  std::mt19937 random(seed);
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE("SILEX_TEST_SEED=" + std::to_string(seed) + ", round " + std::to_string(round));
    Ledger ledger;
    LoopBooks books;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, thread_seed = static_cast<unsigned>(random())] {
        std::minstd_rand mine(thread_seed);
        while (!ledger.closed) {
          if (!hand_over_something(runtime, ledger, books, mine)) std::this_thread::yield();
        }
      });
    }
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    for (auto drains = random() % 6; drains > 0; --drains) {
      const auto status = silex_pump_until(runtime, nullptr, nullptr, random() % 200'000);
      EXPECT_EQ(SILEX_ERROR_TIMED_OUT, status);
    }
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    ledger.closed = true;
    books.closed = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(ledger.accepted, ledger.told());
    EXPECT_EQ(ledger.accepted, ledger.released);
    EXPECT_EQ(0u, ledger.wrong);
    EXPECT_EQ(0u, ledger.late_runs);
    EXPECT_EQ(books.accepted, books.ended);
    EXPECT_EQ(0u, books.late);
    if (HasFailure()) return;
  }
}

// Whoever cancels may be held up between the end of the work and the loop that is to tell it.
TEST_F(Stress, WhatIsCancelledWhileItStopsIsToldAllTheSame) {
  create();
  const int rounds = is_long() ? 10'000 : 500;
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    Ledger ledger;
    LoopBooks books;
    std::atomic<int> ready = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        std::minstd_rand mine(1);
        std::vector<silex_id> ids(16);
        for (std::size_t n = 0; n < ids.size(); ++n) {
          if (n % 2) {
            ledger.hand_over(runtime, &silex_defer, ledger.work(), &ids[n]);
          } else {
            start_timer(runtime, books, mine, &ids[n]);
          }
        }
        ++ready;
        for (const silex_id id : ids) silex_cancel(runtime, id);
      });
    }
    while (ready < 8) std::this_thread::yield();
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(ledger.accepted, ledger.told());
    EXPECT_EQ(ledger.accepted, ledger.released);
    EXPECT_EQ(books.accepted, books.ended);
  }
}

// A timeout that has passed before a worker's queue says that it is full.
TEST_F(Stress, WorkWithTheShortestTimeoutAgainstAFullQueueIsEitherRefusedOrTold) {
  options.workers = 1;
  options.worker_queue = 2;
  create();
  const int rounds = is_long() ? 2'000 : 50;
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    ASSERT_EQ(SILEX_OK, silex_runtime_start(runtime));
    Ledger ledger;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int job = 0; job < 50; ++job) {
          silex_work work = ledger.work();
          work.timeout_ns = 1;
          ledger.hand_over(runtime, &silex_submit, work);
        }
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(SILEX_OK, silex_runtime_stop(runtime));
    EXPECT_EQ(ledger.accepted, ledger.told());
    EXPECT_EQ(ledger.accepted, ledger.released);
    EXPECT_EQ(0u, ledger.wrong);
  }
}

}  // namespace
}  // namespace silex::test
