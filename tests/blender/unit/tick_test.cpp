// The timer: what it drains, what it returns, and what it must never do.
#include "adapter_fixture.hpp"

#include <chrono>
#include <thread>
#include <vector>

namespace silex::blender {

namespace {

using testing::_;
using testing::Contains;
using testing::DoAll;
using testing::HasSubstr;
using testing::InvokeWithoutArgs;
using testing::Return;

using namespace std::chrono_literals;

TEST_F(BlenderAdapter, DrainsAtEveryTick) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).Times(2).WillRepeatedly(Return(SILEX_OK));
  blender.turn();
  blender.turn(0.1);
}

TEST_F(BlenderAdapter, GivesTheGilToOthersWhileItDrains) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    EXPECT_FALSE(python.fake.has_gil());
    return SILEX_OK;
  });
  blender.turn();
}

TEST_F(BlenderAdapter, TicksSeldomWhileThereIsNothingToDo) {
  adapter.attach(&pump);
  blender.turn();
  EXPECT_EQ(blender.due_in(), 0.05);
}

TEST_F(BlenderAdapter, TicksAtEveryTurnWhileCallsCome) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce(testkit::ran(1)).WillRepeatedly(Return(SILEX_OK));
  blender.turn();
  EXPECT_EQ(blender.due_in(), 0.0);
  now += 900ms;
  blender.turn();
  EXPECT_EQ(blender.due_in(), 0.0);
  now += 200ms;
  blender.turn();
  EXPECT_EQ(blender.due_in(), 0.05);
}

TEST_F(BlenderAdapter, TicksAtEveryTurnAfterAWake) {
  adapter.attach(&pump);
  adapter.wake();
  blender.turn();
  EXPECT_EQ(blender.due_in(), 0.0);
}

TEST_F(BlenderAdapter, ReturnsTheSameFloatsOverAndOver) {
  // Blender does not release what a timer returns.
  adapter.attach(&pump);
  for (int i = 0; i < 3; ++i) blender.turn(0.1);
  const auto& returned = blender.returned();
  ASSERT_EQ(returned.size(), 3u);
  EXPECT_EQ(returned[0], returned[1]);
  EXPECT_EQ(returned[0], returned[2]);
}

TEST_F(BlenderAdapter, NeverRaisesSinceBlenderWouldDropTheTimer) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    const python::Gil gil(python.api);
    python.fake.raise("RuntimeError", "left by a deferred call");
    return SILEX_OK;
  });
  blender.turn();
  EXPECT_EQ(blender.last_type(), "float");
  EXPECT_EQ(blender.timers(), 1u);
  EXPECT_THAT(pump.lines(), Contains(HasSubstr("RuntimeError: left by a deferred call")));
}

TEST_F(BlenderAdapter, GoesOnAfterADrainThatFailed) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce(Return(SILEX_ERROR_NOT_RUNNING)).WillOnce(Return(SILEX_OK));
  blender.turn();
  blender.turn(0.1);
  EXPECT_EQ(blender.timers(), 1u);
}

TEST_F(BlenderAdapter, GoesOnAfterAFileIsLoadedFromInsideADrain) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_))
      .WillOnce([&](silex_drain_report*) {
        blender.load_file();
        return SILEX_OK;
      })
      .WillOnce(Return(SILEX_OK));
  blender.turn();
  blender.turn(0.1);
}

TEST_F(BlenderAdapter, TicksInsideATickWhereACallRunsALoopOfItsOwn) {
  adapter.attach(&pump);
  int depth = 0;
  EXPECT_CALL(pump, on_drain(_)).Times(2).WillRepeatedly([&](silex_drain_report*) {
    if (depth++ == 0) blender.turn();
    return SILEX_OK;
  });
  blender.turn();
  EXPECT_EQ(blender.timers(), 1u);
}

TEST_F(BlenderAdapter, EndsTheTimerOnceTheHostIsGone) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce(Return(SILEX_ERROR_HOST_GONE));
  blender.turn();
  EXPECT_EQ(blender.last_type(), "NoneType");
  EXPECT_EQ(blender.timers(), 0u);
}

TEST_F(BlenderAdapter, WakeTouchesNothingOfPython) {
  adapter.attach(&pump);
  // The main thread has the GIL, for however long.
  const python::Gil gil(python.api);
  EXPECT_CALL(python, PyGILState_Ensure()).Times(0);
  EXPECT_CALL(python, PyImport_ImportModule(_)).Times(0);
  std::thread([&] { adapter.wake(); }).join();
  EXPECT_EQ(blender.timers(), 1u);
  testing::Mock::VerifyAndClearExpectations(&python);
}

TEST_F(BlenderAdapter, IsWokenByManyThreadsWhileItTicks) {
  adapter.attach(&pump);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int wakes = 0; wakes < 1000; ++wakes) adapter.wake();
    });
  }
  for (int i = 0; i < 200; ++i) blender.turn();
  for (std::thread& thread : threads) thread.join();
  blender.turn(0.1);
  EXPECT_EQ(blender.due_in(), 0.0);
}

}  // namespace

}  // namespace silex::blender
