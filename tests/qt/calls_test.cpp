// Calls in a Qt application: where they run, in which order, and what goes on beside them.
#include "application_test.hpp"

#include <QThread>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace silex::test {
namespace {

using std::chrono_literals::operator""ms;

TEST_F(Qt, IsFoundByTheAdapter) {
  EXPECT_EQ(runtime->adapter_name(), "qt");
}

// A chain of calls, each waited for: they do not take a turn of the event loop each.
TEST_F(Qt, ALongChainOfCallsRunsOnTheApplicationsThreadInOrder) {
  constexpr int kCalls = 10000;
  std::vector<int> order;
  bool elsewhere = false;
  run(runtime->spawn("chain", [&](Context ctx) -> task<> {
    for (int i = 0; i < kCalls; ++i) {
      co_await ctx.main_thread([&] {
        elsewhere = elsewhere || QThread::currentThread() != application.thread();
        order.push_back(i);
      });
    }
  }));
  std::vector<int> expected(kCalls);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order, expected);
  EXPECT_FALSE(elsewhere);
}

TEST_F(Qt, CallsOfManyThreadsAllRun) {
  std::atomic<int> ran = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 250; ++call) runtime->context().call_and_wait([&] { ++ran; });
    });
  }
  run_until([&] { return ran == 1000; });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(ran, 1000);
}

TEST_F(Qt, AnExceptionOfACallIsThrownWhereItIsAwaited) {
  EXPECT_THROW(run(runtime->spawn("fails",
                                  [](Context ctx) -> task<> {
                                    co_await ctx.main_thread(
                                        [] { throw std::domain_error("the document has no pages"); });
                                  })),
               std::domain_error);
}

// As many calls as the queue takes, all the time: Qt's own events get their turn.
TEST_F(Qt, WindowsStayAliveUnderLoad) {
  std::atomic<bool> enough = false;
  int ticks = 0;
  QTimer clock;
  QObject::connect(&clock, &QTimer::timeout, [&] {
    if (++ticks == 20) enough = true;
  });
  clock.start(1);
  auto load = runtime->spawn("load", [&](Context ctx) -> task<> {
    while (!enough) co_await ctx.main_thread([] { QThread::usleep(200); });
  });
  run(load);
  EXPECT_GE(ticks, 20);
}

// What a task does with a window while it works: a bar that moves, and a button that cancels it.
TEST_F(Qt, ProgressIsShownAndAButtonCancels) {
  int shown = 0;
  bool asked_to_stop = false;
  auto render = runtime->spawn("render", [&](Context ctx) -> task<> {
    for (int frame = 1;; ++frame) {
      const auto show = [&](StopToken stop) {
        shown = frame;
        window->setWindowTitle(QString::number(frame));
        asked_to_stop = asked_to_stop || stop.stop_requested();
      };
      co_await ctx.main_thread(show);
      co_await ctx.worker([] { std::this_thread::yield(); });
    }
  });
  QTimer button;
  QObject::connect(&button, &QTimer::timeout, [&] {
    if (shown > 100) render.cancel();
  });
  button.start(0);
  EXPECT_THROW(run(render), Cancelled);
  EXPECT_GT(shown, 100);
  EXPECT_EQ(window->windowTitle().toInt(), shown);
}

TEST_F(Qt, ACallThatIsWithdrawnBeforeItsTurnNeverRuns) {
  bool ran = false;
  auto call =
      runtime->spawn("call", [&](Context ctx) -> task<> { co_await ctx.main_thread([&] { ran = true; }); });
  // It waits in Qt's queue, since this thread does not run the loop.
  while (runtime->metrics().calls_queued == 0) std::this_thread::yield();
  call.cancel();
  while (!call.has_ended()) std::this_thread::yield();
  EXPECT_THROW(run(call), Cancelled);
  EXPECT_FALSE(ran);
}

TEST_F(Qt, ACallThatRunsSeesThatItIsCancelled) {
  std::atomic<bool> runs = false;
  bool saw = false;
  auto call = runtime->spawn("call", [&](Context ctx) -> task<> {
    const auto body = [&](StopToken stop) {
      runs = true;
      while (!stop.stop_requested()) std::this_thread::yield();
      saw = true;
      throw Cancelled();
    };
    co_await ctx.main_thread(body);
  });
  std::thread other([&] {
    while (!runs) std::this_thread::yield();
    call.cancel();
  });
  EXPECT_THROW(run(call), Cancelled);
  other.join();
  EXPECT_TRUE(saw);
}

TEST_F(Qt, ATimeoutPassesWhileTheApplicationIsBusy) {
  bool ran = false;
  auto call = runtime->spawn("call", [&](Context ctx) -> task<> {
    co_await ctx.main_thread([&] { ran = true; }, {.timeout = 1ms});
  });
  while (!call.has_ended()) std::this_thread::yield();  // as a render that does not return to the loop
  EXPECT_THROW(run(call), TimedOut);
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace silex::test
