// Calls that misbehave, run by the test host's real main loop through its real adapter.
#include "stress.hpp"
#include "toy_host.h"

#include <silex/silex.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <gmock/gmock.h>

namespace silex::test {
namespace {

using ::testing::HasSubstr;

class HostLoop : public ::testing::Test {
 protected:
  HostLoop() {
    toy_host_reset(false);
    RuntimeOptions options;
    options.adapter_path = SILEX_TOY_ADAPTER_FOLDER;
    options.log = [](silex_log_level, std::string_view) {};
    options.drain_budget = std::chrono::hours(1);  // one drain is enough, however slow the machine is
    runtime = std::make_unique<Runtime>(std::move(options));
    runtime->choose_adapter("toy");
    runtime->start();
  }

  // Runs the main loop while `test` goes on in a task; then the host quits.
  template <typename Test>
  void run(Test test) {
    auto handle = runtime->spawn("test", [&](Context ctx) -> task<> {
      co_await test(ctx);
      toy_host_quit();
    });
    toy_host_run();
    handle.get();
  }

  HangAlarm alarm{100};
  std::unique_ptr<Runtime> runtime;
};

TEST_F(HostLoop, AnExceptionIsTheAwaitersAndTheHostGoesOn) {
  std::string caught;
  int after = 0;
  run([&](Context ctx) -> task<> {
    try {
      co_await ctx.main_thread([] { throw std::out_of_range("no such object"); });
    } catch (const std::out_of_range& error) {
      caught = error.what();
    }
    after = co_await ctx.main_thread([] { return 1; });
  });
  EXPECT_EQ("no such object", caught);
  EXPECT_EQ(1, after);
}

TEST_F(HostLoop, AnIntThatIsThrownIsTheAwaitersToo) {
  int caught = 0;
  run([&](Context ctx) -> task<> {
    try {
      co_await ctx.main_thread([] { throw 42; });
    } catch (int number) {
      caught = number;
    }
  });
  EXPECT_EQ(42, caught);
}

TEST_F(HostLoop, AnIntThatLeavesAWorkOfTheCAbiIsAnException) {
  Ledger ledger;
  const silex_work work = ledger.work([](const silex_scope*) -> silex_status { throw 42; });
  ASSERT_TRUE(ledger.hand_over(runtime->handle(), &silex_defer, work));
  run([&](Context ctx) -> task<> { co_await ctx.main_thread([] {}); });
  runtime->stop();
  EXPECT_EQ(1u, ledger.outcomes[SILEX_OUTCOME_EXCEPTION]);
  EXPECT_EQ(1u, ledger.released);
}

TEST_F(HostLoop, ACallMayDeferAnother) {
  Ledger ledger;
  run([&](Context ctx) -> task<> {
    co_await ctx.main_thread([&] {
      for (int i = 0; i < 1000; ++i) ledger.hand_over(runtime->handle(), &silex_defer, ledger.work());
    });
    co_await ctx.main_thread([] {});
  });
  runtime->stop();
  EXPECT_EQ(1000u, ledger.outcomes[SILEX_OUTCOME_VALUE]);
}

TEST_F(HostLoop, ACallMayCallAndWait) {
  int depth = 0;
  run([&](Context ctx) -> task<> {
    const std::function<int(int)> nested = [&](int left) -> int {
      return left == 0 ? 0 : 1 + ctx.call_and_wait([&] { return nested(left - 1); });
    };
    depth = co_await ctx.main_thread([&] { return nested(50); });
  });
  EXPECT_EQ(50, depth);
}

TEST_F(HostLoop, ACallMayDrainAgain) {
  Ledger ledger;
  std::uint32_t drained = 0;
  run([&](Context ctx) -> task<> {
    co_await ctx.main_thread([&] {
      for (int i = 0; i < 10; ++i) ledger.hand_over(runtime->handle(), &silex_defer, ledger.work());
      drained = runtime->drain().calls_run;
    });
  });
  EXPECT_EQ(10u, drained);
}

TEST_F(HostLoop, ACallMayStopTheRuntimeAndItsWaitersAreTold) {
  Ledger ledger;
  std::string told;
  auto handle = runtime->spawn("stops it", [&](Context ctx) -> task<> {
    try {
      co_await ctx.main_thread([&] {
        for (int i = 0; i < 1000; ++i) ledger.hand_over(runtime->handle(), &silex_defer, ledger.work());
        runtime->stop();
        EXPECT_FALSE(runtime->is_running());
        toy_host_quit();
      });
    } catch (const HostGone& gone) {
      told = gone.what();
    }
  });
  toy_host_run();
  handle.get();
  EXPECT_THAT(told, HasSubstr("the host is gone"));
  EXPECT_EQ(1000u, ledger.outcomes[SILEX_OUTCOME_HOST_GONE]);
  EXPECT_EQ(1000u, ledger.released);
}

// The thread that waits is told while its function is still on the main thread's stack.
TEST_F(HostLoop, ACallThatAThreadWaitsForMayStopTheRuntime) {
  std::atomic<bool> told = false;
  std::atomic<bool> ran_to_its_end = false;
  std::thread waiter([&, context = runtime->context()] {
    try {
      static_cast<void>(context.call_and_wait([&, number = std::make_unique<int>(7)] {
        runtime->stop();
        while (!told) std::this_thread::yield();
        ran_to_its_end = *number == 7;
        toy_host_quit();
        return std::string("a result that nobody takes, too long to live inside a std::string");
      }));
    } catch (const HostGone&) {
    }
    told = true;
  });
  toy_host_run();
  waiter.join();
  EXPECT_TRUE(ran_to_its_end);
}

TEST_F(HostLoop, StartsAgainAfterTheHostHasQuit) {
  for (int round = 0; round < 20; ++round) {
    int ran = 0;
    run([&](Context ctx) -> task<> { ran = co_await ctx.main_thread([] { return 1; }); });
    EXPECT_EQ(1, ran);
    EXPECT_FALSE(runtime->is_running());
    toy_host_reset(false);
    runtime->start();
  }
}

}  // namespace
}  // namespace silex::test
