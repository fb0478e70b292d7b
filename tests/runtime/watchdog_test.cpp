// The watchdog of a run: every kind of event with its name, its duration and its sentence, told once and
// logged.
#include "runtime/watchdog.hpp"

#include "runtime/core_test.hpp"

#include <atomic>

namespace silex::test {

namespace {

using ::testing::Contains;

class Watched : public CoreTest {
 protected:
  // Looks come every millisecond; limits are reached when the test says so.
  Watched() {
    settings.stalls = {.loop_stall = 4ms, .host_busy = 4ms};
    settings.calls.slow_call = 4ms;
  }
  silex_task_id open(const char* name) {
    const silex_task task{sizeof(silex_task), name, nullptr, nullptr};
    return core->tasks().open(task);
  }
  void on_loop(silex_task_id task, std::function<void()> function) {
    posted.push_back(std::move(function));
    core->loop().post(
        task, [](void* data) { (*static_cast<std::function<void()>*>(data))(); }, &posted.back());
  }
  std::deque<std::function<void()>> posted;
};

TEST_F(Watched, ALoopThatIsHeldIsToldWhileItIsAndWhenItGoesOn) {
  start();
  const silex_task_id task = open("publish: export geometry");
  on_loop(task, [&] {
    clock.advance(5ms);
    event(SILEX_EVENT_LOOP_STALLED);
    clock.advance(7ms);
  });
  const Told resumed = event(SILEX_EVENT_LOOP_RESUMED);
  const Told stalled = event(SILEX_EVENT_LOOP_STALLED);
  EXPECT_EQ(stalled.task, task);
  EXPECT_EQ(stalled.name, "publish: export geometry");
  EXPECT_EQ(stalled.duration, 5ms);
  EXPECT_EQ(stalled.message,
            "the event loop is held by 'publish: export geometry' for 5 ms: use worker() for what blocks");
  EXPECT_EQ(resumed.task, task);
  EXPECT_EQ(resumed.duration, 12ms);
  EXPECT_EQ(resumed.message, "the event loop goes on: 'publish: export geometry' held it for 12 ms");
  EXPECT_TRUE(core->task_close(task).ok());
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(count(SILEX_EVENT_LOOP_STALLED), 1u);
  EXPECT_EQ(count(SILEX_EVENT_LOOP_RESUMED), 1u);
  EXPECT_THAT(log(), Contains("2: " + stalled.message));
  EXPECT_THAT(log(), Contains("1: " + resumed.message));
}

TEST_F(Watched, AStallBetweenTwoLooksIsToldOfATaskThatClosedInThatTurn) {
  settings.stalls.loop_stall = settings.stalls.host_busy = 1h;  // a look every 250 ms of real time
  start();
  const silex_task_id task = open("export");
  on_loop(task, [&] {
    EXPECT_TRUE(core->task_close(task).ok());
    clock.advance(1h);
  });
  const Told resumed = event(SILEX_EVENT_LOOP_RESUMED);
  EXPECT_EQ(event(SILEX_EVENT_LOOP_STALLED).name, "export");
  EXPECT_EQ(resumed.name, "export");
  EXPECT_EQ(resumed.duration, 1h);
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(count(SILEX_EVENT_LOOP_STALLED), 1u);
  EXPECT_EQ(count(SILEX_EVENT_LOOP_RESUMED), 1u);
}

TEST_F(Watched, ASlowCallIsToldWhenItHasEnded) {
  start();
  Probe& call = probe([this](const silex_scope&) {
    clock.advance(5ms);
    return SILEX_OK;
  });
  call.work.name = "list the selection";
  defer(call);
  drain();
  const Told slow = event(SILEX_EVENT_SLOW_CALL);
  EXPECT_EQ(slow.name, "list the selection");
  EXPECT_EQ(slow.duration, 5ms);
  EXPECT_EQ(slow.message, "the deferred call 'list the selection' held the host's main thread for 5 ms");
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(count(SILEX_EVENT_SLOW_CALL), 1u);
  EXPECT_THAT(log(), Contains("2: " + slow.message));
}

TEST_F(Watched, ASlowCallWithoutANameHasItsTasks) {
  start();
  const silex_task_id task = open("export");
  Probe& call = probe([this](const silex_scope&) {
    clock.advance(5ms);
    return SILEX_OK;
  });
  call.work.name = nullptr;
  call.work.task = task;
  defer(call);
  drain();
  EXPECT_EQ(event(SILEX_EVENT_SLOW_CALL).name, "export");
  EXPECT_EQ(event(SILEX_EVENT_SLOW_CALL).task, task);
  EXPECT_TRUE(core->task_close(task).ok());
}

TEST_F(Watched, AQuickCallIsNotToldOf) {
  start();
  defer([this](const silex_scope&) {
    clock.advance(3ms);
    return SILEX_OK;
  });
  drain();
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(count(SILEX_EVENT_SLOW_CALL), 0u);
}

TEST_F(Watched, AHostThatDoesNotDrainIsToldWhileItDoesNotAndWhenItDoes) {
  start();
  defer();
  clock.advance(5ms);
  const Told busy = event(SILEX_EVENT_HOST_BUSY);
  EXPECT_EQ(busy.name, "");
  EXPECT_EQ(busy.duration, 5ms);
  EXPECT_EQ(busy.message,
            "the host's main thread is busy for 5 ms with work of its own: deferred calls wait");
  clock.advance(7ms);
  drain();
  const Told back = event(SILEX_EVENT_HOST_RESPONSIVE);
  EXPECT_EQ(back.duration, 12ms);
  EXPECT_EQ(back.message, "the host's main thread is back after 12 ms");
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(count(SILEX_EVENT_HOST_BUSY), 1u);
  EXPECT_EQ(count(SILEX_EVENT_HOST_RESPONSIVE), 1u);
  EXPECT_THAT(log(), Contains("2: " + busy.message));
  EXPECT_THAT(log(), Contains("1: " + back.message));
}

TEST_F(Watched, AHostHeldByACallIsToldWithTheCallsName) {
  start();
  Probe& call = probe([this](const silex_scope&) {
    clock.advance(5ms);
    event(SILEX_EVENT_HOST_BUSY);
    return SILEX_OK;
  });
  call.work.name = "bake";
  defer(call);
  drain();
  const Told busy = event(SILEX_EVENT_HOST_BUSY);
  EXPECT_EQ(busy.name, "bake");
  EXPECT_EQ(busy.message, "the host's main thread is busy for 5 ms with the deferred call 'bake'");
}

TEST_F(Watched, AHostThatGoesIsToldOnce) {
  start();
  EXPECT_TRUE(stop().ok());
  ASSERT_EQ(count(SILEX_EVENT_HOST_GONE), 1u);
  const Told gone = event(SILEX_EVENT_HOST_GONE);
  EXPECT_EQ(gone.name, "mock");
  EXPECT_EQ(gone.message, "the host is gone: adapter 'mock' is detached");
  EXPECT_THAT(log(), Contains("1: " + gone.message));
}

TEST_F(Watched, EventsAreCounted) {
  start();
  defer();
  clock.advance(5ms);
  event(SILEX_EVENT_HOST_BUSY);
  // The loop may have been at work when the clock jumped: then that is an event, too.
  EXPECT_TRUE(eventually([&] { return metrics().events == events().size(); }));
}

// An event per look interval must not keep it from looking.
TEST(WatchdogOfARuntime, LooksHoweverManyEventsItTells) {
  struct State {
    Watchdog* watchdog = nullptr;
    std::atomic<int> looks{0};
    std::atomic<bool> over{false};
  } state;
  Logger logger([](void*, silex_log_level, const char*) {}, nullptr);
  Watchdog watchdog(
      {.loop_stall = 1h, .host_busy = 1h}, 5ms,
      [&] {
        ++state.looks;
        return StallDetector::Sight{TimePoint(1h), {}, {}, {}, TimePoint(1h)};
      },
      logger,
      [&](const silex_event&) {
        if (!state.over) state.watchdog->tell({SILEX_EVENT_SLOW_CALL, 0, "", {}, "again"});
      });
  state.watchdog = &watchdog;
  watchdog.start(nullptr, [] {});
  watchdog.tell({SILEX_EVENT_SLOW_CALL, 0, "", {}, "first"});
  EXPECT_TRUE(eventually([&] { return watchdog.told() > 0; }));
  const int before = state.looks;
  EXPECT_TRUE(eventually([&] { return state.looks >= before + 3; }));
  state.over = true;
  EXPECT_TRUE(watchdog.stop(kLongEnough));
}

TEST(WatchdogOfARuntime, OutlivesASinkThatThrowsAndTellsWhatIsLeftBeforeItEnds) {
  Lines lines;
  Logger logger([](void* data, silex_log_level, const char* text) { static_cast<Lines*>(data)->add(text); },
                &lines);
  Watchdog watchdog(
      {.loop_stall = 1h, .host_busy = 1h}, 1h, [] { return StallDetector::Sight{}; }, logger,
      [](const silex_event&) { throw 42; });
  watchdog.start(nullptr, [] {});
  watchdog.tell({SILEX_EVENT_SLOW_CALL, 0, "", {}, "a"});
  watchdog.tell({SILEX_EVENT_SLOW_CALL, 0, "", {}, "b"});
  EXPECT_TRUE(watchdog.stop(kLongEnough));
  EXPECT_THAT(lines.all(), ElementsAre("a", "the event sink threw an exception, which it must not", "b",
                                       "the event sink threw an exception, which it must not"));
}

}  // namespace

}  // namespace silex::test
