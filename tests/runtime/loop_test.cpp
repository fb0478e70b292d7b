// The event loop: what is posted, timers, tasks, and how a stop waits for them.
#include "runtime/core_test.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace silex::test {

namespace {

using ::testing::Contains;

class Loop : public CoreTest {
 public:
  struct Timer {
    std::function<void(silex_status)> body;
    std::vector<silex_status> told;  // loop thread, or after the stop
    silex_id id = 0;
  };
  void on_loop(std::function<void()> function, silex_task_id task = 0) {
    on_loop_of(*core, std::move(function), task);
  }
  void on_loop_of(Core& running, std::function<void()> function, silex_task_id task = 0) {
    posted_.push_back(std::move(function));
    running.loop().post(
        task, [](void* data) { (*static_cast<std::function<void()>*>(data))(); }, &posted_.back());
  }
  // Lets the loop come round to all that it has.
  void settle() {
    Signal round;
    on_loop([&] { round.raise(); });
    EXPECT_TRUE(round.wait());
    Signal again;  // timers that were due run after the items of their turn
    on_loop([&] { again.raise(); });
    EXPECT_TRUE(again.wait());
  }
  Timer& timer(std::uint64_t delay_ns, std::uint64_t period_ns = 0,
               std::function<void(silex_status)> body = {}) {
    Timer& made = timers_.emplace_back(Timer{std::move(body), {}});
    const silex_timer c{
        sizeof(silex_timer), 0, delay_ns, period_ns, &made, [](void* data, silex_status reason) {
          auto& self = *static_cast<Timer*>(data);
          self.told.push_back(reason);
          if (self.body) self.body(reason);
        }};
    made.id = core->loop().start_timer(c);
    return made;
  }
  silex_task_id open(const char* name, void (*cancel)(void*) = nullptr, void* data = nullptr) {
    const silex_task task{sizeof(silex_task), name, data, cancel};
    return core->tasks().open(task);
  }
  void TearDown() override {
    held.reset();
    CoreTest::TearDown();
  }
  static constexpr std::uint64_t kSecond = 1'000'000'000;
  std::shared_ptr<Core> held;  // beyond the stop

 private:
  std::deque<std::function<void()>> posted_;
  std::deque<Timer> timers_;
};

TEST_F(Loop, RunsWhatIsPostedInTheOrderOfItsArrival) {
  start();
  std::vector<int> order;
  for (int i = 0; i < 1000; ++i) {
    on_loop([&order, i] { order.push_back(i); });
  }
  settle();
  ASSERT_EQ(order.size(), 1000u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_F(Loop, RunsWhatWasPostedBeforeAStop) {
  start();
  int ran = 0;
  for (int i = 0; i < 100; ++i) on_loop([&] { ++ran; });
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(ran, 100);
}

TEST_F(Loop, TimersAreNeverEarly) {
  start();
  Timer& due = timer(kSecond);
  clock.advance(1s - 1ns);
  settle();
  EXPECT_THAT(due.told, ElementsAre());
  clock.advance(1ns);
  settle();
  EXPECT_THAT(due.told, ElementsAre(SILEX_OK));
  clock.advance(1h);
  settle();
  EXPECT_THAT(due.told, ElementsAre(SILEX_OK));
  EXPECT_EQ(core->cancel(due.id).code(), SILEX_ERROR_NOT_FOUND);
}

TEST_F(Loop, TimersFireInTheOrderOfTheirTimes) {
  start();
  std::vector<int> order;
  for (const int second : {3, 1, 2}) {
    timer(static_cast<std::uint64_t>(second) * kSecond, 0,
          [&order, second](silex_status) { order.push_back(second); });
  }
  clock.advance(3s);
  settle();
  EXPECT_THAT(order, ElementsAre(1, 2, 3));
}

TEST_F(Loop, PeriodicTimersDoNotCatchUp) {
  start();
  Timer& periodic = timer(kSecond, kSecond);
  for (int i = 0; i < 3; ++i) {
    clock.advance(1s);
    settle();
  }
  EXPECT_EQ(periodic.told.size(), 3u);
  clock.advance(10s);
  settle();
  EXPECT_EQ(periodic.told.size(), 4u);
}

TEST_F(Loop, APeriodBeyondAnyClockIsNeverReached) {
  start();
  Timer& once = timer(0, SILEX_NONE);
  Timer& never = timer(SILEX_NONE, SILEX_NONE);
  settle();
  clock.advance(24h);
  settle();
  EXPECT_THAT(once.told, ElementsAre(SILEX_OK));
  EXPECT_TRUE(stop().ok());
  EXPECT_THAT(once.told, ElementsAre(SILEX_OK, SILEX_ERROR_HOST_GONE));
  EXPECT_THAT(never.told, ElementsAre(SILEX_ERROR_HOST_GONE));
}

TEST_F(Loop, ATimerThatIsCancelledIsToldSoLast) {
  start();
  Timer& periodic = timer(kSecond, kSecond);
  clock.advance(1s);
  settle();
  EXPECT_TRUE(core->cancel(periodic.id).ok());
  EXPECT_EQ(core->cancel(periodic.id).code(), SILEX_ERROR_NOT_FOUND);
  clock.advance(10s);
  settle();
  EXPECT_THAT(periodic.told, ElementsAre(SILEX_OK, SILEX_ERROR_CANCELLED));
}

TEST_F(Loop, ATimerCancelledByItselfIsToldSoOnce) {
  start();
  Timer* periodic = nullptr;
  periodic = &timer(kSecond, kSecond, [&](silex_status reason) {
    if (reason != SILEX_OK) return;
    EXPECT_TRUE(core->cancel(periodic->id).ok());
  });
  clock.advance(1s);
  settle();
  clock.advance(10s);
  settle();
  EXPECT_THAT(periodic->told, ElementsAre(SILEX_OK, SILEX_ERROR_CANCELLED));
}

TEST_F(Loop, TimersThatWaitWhileTheRuntimeStopsAreToldSoLast) {
  start();
  Timer& waits = timer(kSecond);
  EXPECT_TRUE(stop().ok());
  EXPECT_THAT(waits.told, ElementsAre(SILEX_ERROR_HOST_GONE));
}

TEST_F(Loop, OutlivesExceptionsAndNamesTheTaskThatThrew) {
  start();
  const silex_task_id task = open("export");
  on_loop([] { throw std::runtime_error("disk full"); }, task);
  on_loop([] { throw 42; }, task);
  on_loop([] { throw std::runtime_error("whose?"); });
  settle();
  EXPECT_THAT(log(),
              ElementsAre("3: an exception left a callback of task 'export' on the loop: disk full",
                          "3: something that is not a std::exception left a callback of task 'export' on "
                          "the loop",
                          "3: an exception left a callback of nobody on the loop: whose?"));
  EXPECT_TRUE(core->task_close(task).ok());
}

TEST_F(Loop, TasksAreAskedToEndOnTheLoopAndOnce) {
  start();
  struct State {
    Core* core;
    int asked = 0;
    silex_thread on = SILEX_THREAD_OTHER;
  } state{core.get()};
  const auto task = open(
      "export",
      [](void* data) {
        auto& self = *static_cast<State*>(data);
        ++self.asked;
        self.on = self.core->current_thread();
      },
      &state);
  EXPECT_TRUE(core->task_cancel(task).ok());
  EXPECT_TRUE(core->task_cancel(task).ok());
  settle();
  EXPECT_EQ(state.asked, 1);
  EXPECT_EQ(state.on, SILEX_THREAD_LOOP);
  EXPECT_EQ(metrics().tasks_open, 1u);
  EXPECT_TRUE(core->task_close(task).ok());
  EXPECT_EQ(metrics().tasks_open, 0u);
  EXPECT_EQ(core->task_close(task).code(), SILEX_ERROR_NOT_FOUND);
  EXPECT_EQ(core->task_cancel(task).code(), SILEX_ERROR_NOT_FOUND);
}

TEST_F(Loop, AStopWaitsForItsTasks) {
  start();
  struct State {
    Loop* test;
    silex_task_id task = 0;
  } state{this};
  // It ends some turns of the loop after it was asked to.
  state.task = open(
      "export",
      [](void* data) {
        auto& self = *static_cast<State*>(data);
        Loop& test = *self.test;
        test.on_loop_of(*test.held, [&test, &self] { EXPECT_TRUE(test.held->task_close(self.task).ok()); });
      },
      &state);
  held = core;
  EXPECT_TRUE(stop().ok());
  EXPECT_EQ(held->tasks().count(), 0u);
}

TEST_F(Loop, AStopNamesTheTaskThatDoesNotEnd) {
  settings.stop_timeout = 500ms;
  start();
  open("publish: export geometry");
  const Status status = stop();
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_THAT(status.message(), HasSubstr("'publish: export geometry'"));
  EXPECT_THAT(status.message(), HasSubstr("for more than 500 ms after it was asked to stop"));
  EXPECT_THAT(log(), Contains("3: " + std::string(status.message())));
}

TEST_F(Loop, AStopNamesTheTaskThatHoldsTheLoop) {
  settings.stop_timeout = 20ms;
  start();
  const silex_task_id task = open("export");
  Signal holds;
  Signal let_go;
  Signal over;
  on_loop(
      [&] {
        holds.raise();
        EXPECT_TRUE(let_go.wait());
        over.raise();  // through the C ABI nobody closes the task any more
      },
      task);
  ASSERT_TRUE(holds.wait());
  held = core;
  const Status status = stop();
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_THAT(status.message(), HasSubstr("task 'export' held the event loop for more than 20 ms"));
  let_go.raise();
  EXPECT_TRUE(over.wait());
  EXPECT_TRUE(held->loop().join_for(kLongEnough)) << "its thread was to end by itself";
}

}  // namespace

}  // namespace silex::test
