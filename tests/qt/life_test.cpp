// An application that is not there yet, is gone, or goes while Qt still holds events for us.
#include <silex/silex.hpp>

#include <QCoreApplication>
#include <QTimer>
#include <atomic>
#include <optional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace silex::test {
namespace {

using ::testing::HasSubstr;

class QtLife : public ::testing::Test {
 protected:
  void make_application() { application_.emplace(argc_, argv_); }
  void destroy_application() { application_.reset(); }

  // Has something pend: the wake for it is in Qt's queue.
  static TaskHandle<> pend(Runtime& runtime, bool& ran) {
    auto pending = runtime.spawn(
        "pends", [&ran](Context ctx) -> task<> { co_await ctx.main_thread([&] { ran = true; }); });
    while (runtime.metrics().calls_queued == 0) std::this_thread::yield();
    return pending;
  }
  static void run_events() {
    for (int round = 0; round < 3; ++round) {
      QCoreApplication::sendPostedEvents();
      QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
      QCoreApplication::processEvents();
    }
  }

 private:
  int argc_ = 1;
  char name_[8] = "qt_life";
  char* argv_[2] = {name_, nullptr};
  std::optional<QCoreApplication> application_;
};

template <typename Function>
std::string refusal(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error.what();
  }
  return "it was not refused";
}

TEST_F(QtLife, WithoutAnApplicationYetThereIsNoHost) {
  Runtime runtime;
  EXPECT_THAT(refusal([&] { runtime.choose_adapter(); }), HasSubstr("asked: 'qt'"));
  EXPECT_THAT(refusal([&] { runtime.choose_adapter("qt"); }),
              HasSubstr("start the runtime after it was made"));
  make_application();
  runtime.choose_adapter();
  EXPECT_EQ(runtime.adapter_name(), "qt");
}

TEST_F(QtLife, TheRuntimeIsStartedOnTheApplicationsThread) {
  make_application();
  std::thread([] {
    Runtime runtime;
    runtime.choose_adapter();
    EXPECT_THAT(refusal([&] { runtime.start(); }), HasSubstr("not the thread of the QCoreApplication"));
    EXPECT_FALSE(runtime.is_running());
  }).join();
}

TEST_F(QtLife, TheRuntimeIsNotStartedAfterTheApplicationIsGone) {
  make_application();
  Runtime runtime;
  runtime.choose_adapter();
  destroy_application();
  EXPECT_THAT(refusal([&] { runtime.start(); }), HasSubstr("there is no QCoreApplication"));
}

TEST_F(QtLife, AnApplicationThatGoesWithoutALoopTellsWhoWaits) {
  make_application();
  Runtime runtime;
  runtime.choose_adapter();
  runtime.start();
  bool ran = false;
  auto pending = pend(runtime, ran);
  destroy_application();
  EXPECT_FALSE(runtime.is_running());
  EXPECT_THROW(pending.get(), HostGone);
  EXPECT_FALSE(ran);
}

// The runtime goes, and its plugin is unloaded, while Qt's queue holds a wake.
TEST_F(QtLife, EventsThatPendAtTheUnloadReachNobody) {
  make_application();
  bool ran = false;
  for (int round = 0; round < 10; ++round) {
    Runtime runtime;
    runtime.choose_adapter();
    runtime.start();
    pend(runtime, ran);
    if (round % 2 == 0) runtime.stop();
    if (round % 4 == 0) run_events();
  }
  run_events();
  EXPECT_FALSE(ran);
}

// As an application does it that keeps the runtime in an object of its own.
TEST_F(QtLife, TheRuntimeMayBeDestroyedWhileTheApplicationSaysThatItQuits) {
  for (const bool ours_first : {true, false}) {
    make_application();
    std::optional<Runtime> runtime;
    const auto destroy = [&] { runtime.reset(); };
    if (!ours_first) QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, destroy);
    runtime.emplace();
    runtime->choose_adapter();
    runtime->start();
    if (ours_first) QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, destroy);
    bool ran = false;
    pend(*runtime, ran);
    QTimer::singleShot(0, QCoreApplication::instance(), [] { QCoreApplication::quit(); });
    QCoreApplication::exec();
    EXPECT_FALSE(runtime.has_value());
    run_events();
    destroy_application();
  }
}

TEST_F(QtLife, StopFromInsideACallAndStartAgain) {
  make_application();
  Runtime runtime;
  runtime.choose_adapter();
  for (int round = 0; round < 3; ++round) {
    runtime.start();
    std::atomic<bool> stopped = false;
    auto stops = runtime.spawn("stop", [&](Context ctx) -> task<> {
      co_await ctx.main_thread([&] {
        runtime.stop();
        stopped = true;
      });
    });
    while (!stopped) QCoreApplication::processEvents();
    EXPECT_THROW(stops.get(), HostGone);
    run_events();
  }
}

}  // namespace
}  // namespace silex::test
