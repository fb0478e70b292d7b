// The harness: a real runtime in which nothing happens but what the test does.
#include <silex/silex.hpp>
#include <silex/testing.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace silex::testkit {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::DoAll;
using ::testing::HasSubstr;
using ::testing::NiceMock;
using ::testing::Return;
using ::testing::SaveArg;

std::string refusal(const std::function<void()>& function) {
  try {
    function();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "it was not refused";
}

task<int> answer(Context ctx) {
  co_return co_await ctx.main_thread([] { return 42; });
}

TEST(TestKit, CallsRunWhenTheHostTurns) {
  Harness harness;
  auto task = harness.runtime().spawn("answer", answer);
  harness.settle();
  EXPECT_FALSE(task.has_ended());
  EXPECT_EQ(harness.host().pending(), 1u);
  EXPECT_EQ(harness.turn(), 1u);
  EXPECT_TRUE(task.has_ended());
  EXPECT_THAT(outcome_of(task), Completed(42));
}

TEST(TestKit, FinishTurnsTheHostUntilATaskHasEnded) {
  Harness harness;
  EXPECT_THAT(harness.finish(harness.runtime().spawn("chain",
                                                     [](Context ctx) -> task<int> {
                                                       int sum = 0;
                                                       for (int i = 0; i < 100; ++i) {
                                                         sum += co_await ctx.worker([] { return 1; });
                                                         sum += co_await ctx.main_thread([] { return 1; });
                                                       }
                                                       co_return sum;
                                                     })),
              Completed(200));
}

TEST(TestKit, TimeStandsStillUntilItIsMoved) {
  Harness harness;
  auto sleeps = harness.runtime().spawn("sleeps", [](Context ctx) -> task<int> {
    for (int i = 0; i < 3; ++i) co_await ctx.sleep(1h);
    co_return 3;
  });
  harness.advance(59min);
  harness.advance(2min);
  harness.advance(1h);
  EXPECT_FALSE(sleeps.has_ended());
  EXPECT_THAT(refusal([&] { static_cast<void>(harness.finish(sleeps)); }),
              HasSubstr("task 'sleeps' waits, and nothing is left that could end it"));
  harness.advance(1h);
  EXPECT_THAT(harness.finish(sleeps), Completed(3));
}

TEST(TestKit, ATimeoutPassesBeforeTheHostCame) {
  Harness harness;
  bool ran = false;
  auto late = harness.runtime().spawn(
      "late", [&](Context ctx) -> task<> { co_await ctx.main_thread([&] { ran = true; }, {.timeout = 5s}); });
  harness.settle();
  harness.advance(5s);
  EXPECT_THAT(harness.finish(late), TimedOut());
  harness.turn();
  EXPECT_FALSE(ran);
}

TEST(TestKit, ADrainKeepsToItsBudget) {
  Harness harness;
  std::vector<int> ran;
  auto all = harness.runtime().spawn("all", [&](Context ctx) -> task<> {
    const auto one = [&](int number) -> task<> {
      co_await ctx.main_thread([&harness, &ran, number] {
        ran.push_back(number);
        harness.advance(10ms);
      });
    };
    co_await when_all(one(1), one(2), one(3));
  });
  for (std::size_t turns = 1; turns <= 3; ++turns) {
    harness.turn();
    EXPECT_EQ(ran.size(), turns) << "each call takes longer than a whole drain may";
  }
  EXPECT_THAT(harness.finish(all), Completed());
}

TEST(TestKit, AHostThatQuitsEndsWhatWaits) {
  Harness harness;
  auto task = harness.runtime().spawn("answer", answer);
  harness.settle();
  harness.host().quit();
  EXPECT_THAT(harness.finish(task), HostGone());
  EXPECT_FALSE(harness.runtime().is_running());
  EXPECT_THAT(harness.log(), Contains(HasSubstr("adapter 'testing' is detached")));
}

TEST(TestKit, AModalDialogTurnsTheHostFromInsideACall) {
  Harness harness;
  int behind = 0;
  auto dialog = harness.runtime().spawn("dialog", [&](Context ctx) -> task<> {
    co_await ctx.main_thread([&] {
      while (behind < 10) harness.turn();
    });
  });
  auto others = harness.runtime().spawn("others", [&](Context ctx) -> task<> {
    for (int i = 0; i < 10; ++i) co_await ctx.main_thread([&] { ++behind; });
  });
  EXPECT_THAT(harness.finish(dialog), Completed());
  EXPECT_THAT(harness.finish(others), Completed());
}

TEST(TestKit, InBatchTheHarnessPumps) {
  Harness harness({.batch = true});
  EXPECT_THAT(harness.finish(harness.runtime().spawn("answer", answer)), Completed(42));
  EXPECT_EQ(harness.host().pending(), 0u);
}

TEST(TestKit, ThreadsOfTheTestsOwnMayWaitMeanwhile) {
  Harness harness({.stopped_clock = false});
  int sum = 0;
  std::thread thread([&] {
    for (int i = 0; i < 100; ++i) harness.context().call_and_wait([&] { ++sum; });
  });
  while (sum < 100) harness.turn();
  thread.join();
}

TEST(TestKit, AMockAdapterIsReachedThroughTheAbi) {
  ::testing::StrictMock<MockAdapter> mock;
  const silex_adapter& adapter = mock.abi;
  auto mode = SILEX_HOST_INTERACTIVE;
  const ::testing::InSequence order;
  EXPECT_CALL(mock, attach(nullptr, &mode)).WillOnce(::testing::Return(SILEX_ERROR_NO_HOST));
  EXPECT_CALL(mock, wake).WillOnce(::testing::Return(SILEX_OK));
  EXPECT_CALL(mock, detach);
  EXPECT_CALL(mock, destroy);
  EXPECT_EQ(adapter.attach(adapter.self, nullptr, &mode), SILEX_ERROR_NO_HOST);
  EXPECT_EQ(adapter.wake(adapter.self), SILEX_OK);
  adapter.detach(adapter.self);
  adapter.destroy(adapter.self);
}

TEST(TestKit, AMockAdapterIsAttachedToARealRuntime) {
  NiceMock<MockAdapter> adapter;
  silex_pump* pump = nullptr;
  ::testing::InSequence order;
  EXPECT_CALL(adapter, attach).WillOnce(DoAll(SaveArg<0>(&pump), Return(SILEX_OK)));
  EXPECT_CALL(adapter, wake).WillOnce(Return(SILEX_OK));
  EXPECT_CALL(adapter, detach);
  EXPECT_CALL(adapter, destroy);
  Harness harness({.adapter = &adapter.abi});
  auto task = harness.runtime().spawn("answer", answer);
  harness.settle();
  silex_drain_report report{sizeof report, 0, 0};
  EXPECT_EQ(pump->drain(pump, &report), SILEX_OK);
  EXPECT_EQ(report.calls_run, 1u);
  EXPECT_THAT(harness.finish(task), Completed(42));
}

TEST(TestKit, AMockAdapterThatCannotAttachFailsTheStart) {
  NiceMock<MockAdapter> adapter;
  EXPECT_CALL(adapter, attach).WillOnce(Return(SILEX_ERROR_ADAPTER_FAILED));
  EXPECT_THAT(refusal([&] { const Harness harness({.adapter = &adapter.abi}); }),
              HasSubstr("adapter 'testing' can't attach to its host"));
}

// A wake that the host never answers is not waited for: that nobody is left who could end the task is seen at
// once.
TEST(TestKit, AWakeThatIsLostIsSaid) {
  NiceMock<MockAdapter> adapter;
  Harness harness({.adapter = &adapter.abi});
  auto task = harness.runtime().spawn("answer", answer);
  EXPECT_THAT(refusal([&] { static_cast<void>(harness.finish(task)); }),
              HasSubstr("Was a wake lost? 1 deferred call(s) wait."));
}

// An adapter alone, with the runtime's end made of expectations.
TEST(TestKit, AMockPumpCountsWhatAnAdapterHolds) {
  NiceMock<MockPump> pump;
  Host host;
  {
    HostAdapter adapter(host);
    auto mode = SILEX_HOST_BATCH;
    EXPECT_EQ(adapter.abi.attach(adapter.abi.self, &pump, &mode), SILEX_OK);
    EXPECT_EQ(mode, SILEX_HOST_INTERACTIVE);
    EXPECT_CALL(pump, on_drain).WillOnce(ran(3));
    EXPECT_EQ(adapter.abi.wake(adapter.abi.self), SILEX_OK);
    EXPECT_EQ(pump.references(), 2);
    EXPECT_EQ(host.turn(), 1u);
    EXPECT_CALL(pump, on_quit);
    host.quit();
    EXPECT_EQ(adapter.abi.wake(adapter.abi.self), SILEX_ERROR_HOST_GONE);
    adapter.abi.detach(adapter.abi.self);
  }
  EXPECT_EQ(pump.references(), 0);
}

TEST(TestKit, TheClockIsNotStoppedWhileTheRuntimeRuns) {
  Harness harness({.stopped_clock = false});
  EXPECT_THAT(refusal([&] { harness.advance(1s); }), HasSubstr("goes by itself"));
}

}  // namespace
}  // namespace silex::testkit
