// The callback: what it drains, and what it must never do.
#include "adapter_fixture.hpp"

#include <thread>

namespace silex::houdini {

namespace {

using python::Gil;
using testing::_;
using testing::Contains;
using testing::HasSubstr;
using testing::Return;

TEST_F(HoudiniAdapter, DrainsAtEveryTick) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).Times(2).WillRepeatedly(Return(SILEX_OK));
  houdini.turn();
  houdini.turn();
}

TEST_F(HoudiniAdapter, DrainsAgainWhileCallsComeSinceTheNextTickIsFarOff) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).Times(2).WillOnce(testkit::ran(100)).WillOnce(Return(SILEX_OK));
  houdini.turn();
}

TEST_F(HoudiniAdapter, DrainsThreeTimesAtMostSoThatHoudiniHasItsTurn) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).Times(3).WillRepeatedly(testkit::ran(100));
  houdini.turn();
}

TEST_F(HoudiniAdapter, DoesNotDrainAgainOnceItIsStopped) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report* report) {
    adapter.detach();
    report->calls_run = 1;
    return SILEX_OK;
  });
  houdini.turn();
}

TEST_F(HoudiniAdapter, GivesTheGilToOthersWhileItDrains) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    EXPECT_FALSE(python.fake.has_gil());
    return SILEX_OK;
  });
  houdini.turn();
}

TEST_F(HoudiniAdapter, NeverRaisesIntoTheEventLoop) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    const Gil gil(python.api);
    python.fake.raise("SystemExit", "left by a deferred call that called hou.exit()");
    return SILEX_OK;
  });
  houdini.turn();
  EXPECT_EQ(houdini.callbacks(), 1u);
  EXPECT_THAT(pump.lines(), Contains(HasSubstr("SystemExit: left by a deferred call")));
}

TEST_F(HoudiniAdapter, GoesOnAfterADrainThatFailed) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce(Return(SILEX_ERROR_NOT_RUNNING)).WillOnce(Return(SILEX_OK));
  houdini.turn();
  houdini.turn();
}

TEST_F(HoudiniAdapter, TicksInsideATickWhereACallWaitsInALoopOfHoudinis) {
  adapter.attach(&pump);
  int depth = 0;
  EXPECT_CALL(pump, on_drain(_)).Times(2).WillRepeatedly([&](silex_drain_report*) {
    if (depth++ == 0) houdini.turn();
    return SILEX_OK;
  });
  houdini.turn();
}

TEST_F(HoudiniAdapter, WakeTouchesNothingOfHoudini) {
  adapter.attach(&pump);
  // The main thread has the GIL, for however long.
  const Gil gil(python.api);
  EXPECT_CALL(python, PyGILState_Ensure()).Times(0);
  EXPECT_CALL(python, PyImport_ImportModule(_)).Times(0);
  std::thread([&] { adapter.wake(); }).join();
  testing::Mock::VerifyAndClearExpectations(&python);
}

}  // namespace

}  // namespace silex::houdini
