// How it ends: by a stop, by Blender's quitting, and in whatever order both come.
#include "adapter_fixture.hpp"

namespace silex::blender {

namespace {

using python::Gil;
using testing::_;
using testing::Return;

TEST_F(BlenderAdapter, DetachUnregistersTheVeryCallableThatItRegistered) {
  adapter.attach(&pump);
  adapter.detach();
  EXPECT_EQ(blender.timers(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(BlenderAdapter, DetachToleratesATimerThatIsGone) {
  adapter.attach(&pump);
  blender.drop_timers();
  adapter.detach();
  EXPECT_FALSE(python::any_callable_left());
  const Gil gil(python.api);
  EXPECT_EQ(python.fake.PyErr_Occurred(), nullptr);
}

TEST_F(BlenderAdapter, DetachInsideADrainLeavesItToTheTimerToEndItself) {
  // Blender goes on using the callable when it returns.
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    adapter.detach();
    EXPECT_EQ(blender.timers(), 1u);
    EXPECT_TRUE(python::any_callable_left());
    return SILEX_ERROR_HOST_GONE;
  });
  blender.turn();
  EXPECT_EQ(blender.last_type(), "NoneType");
  EXPECT_EQ(blender.timers(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(BlenderAdapter, WhatTheHostStillHoldsAfterDetachDoesNothing) {
  adapter.attach(&pump);
  blender.timers_module()->members.at("unregister")->function = [this](const auto&, const auto&) {
    return python.fake.raise("RuntimeError", "not now");
  };
  adapter.detach();
  EXPECT_EQ(pump.references(), 0);
  EXPECT_TRUE(python::any_callable_left()) << "the plugin would be unloaded under Blender's feet";
  EXPECT_CALL(pump, on_drain(_)).Times(0);
  blender.turn();
  EXPECT_EQ(blender.timers(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(BlenderAdapter, DetachTwiceIsDetachOnce) {
  adapter.attach(&pump);
  adapter.detach();
  adapter.detach();
}

TEST_F(BlenderAdapter, QuittingStopsTheRuntimeWithoutTheGil) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    EXPECT_FALSE(python.fake.has_gil()) << "threads that need it to end would wait for ever";
    adapter.detach();
    return SILEX_OK;
  });
  blender.quit();
}

TEST_F(BlenderAdapter, AFunctionOfAtexitThatRunsIsNotUnregistered) {
  adapter.attach(&pump);
  bool unregistered = false;
  python.fake.modules()->members.at("atexit")->members.at("unregister")->function = [&](const auto&,
                                                                                        const auto&) {
    unregistered = true;
    return python.fake.new_none();
  };
  ON_CALL(pump, on_quit()).WillByDefault([&] {
    adapter.detach();
    return SILEX_OK;
  });
  blender.quit();
  EXPECT_FALSE(unregistered);
}

TEST_F(BlenderAdapter, QuittingInTheBackgroundStopsTheRuntimeToo) {
  blender.app()->members.at("background")->number = 1;
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    adapter.detach();
    return SILEX_OK;
  });
  blender.quit();
}

TEST_F(BlenderAdapter, StopsAtTheTopOfTheExitWhereBlenderTellsOfIt) {
  blender.offer_exit_pre();
  adapter.attach(&pump);
  EXPECT_EQ(blender.exit_handlers(), 1u);
  EXPECT_CALL(pump, on_quit()).Times(1).WillOnce([&] {
    EXPECT_EQ(blender.timers(), 1u) << "Blender has freed its timers before it was heard of";
    EXPECT_FALSE(python.fake.has_gil());
    adapter.detach();
    return SILEX_OK;
  });
  blender.quit();
}

TEST_F(BlenderAdapter, TakesItsHandlerBackAndToleratesThatItIsGone) {
  blender.offer_exit_pre();
  adapter.attach(&pump);
  adapter.detach();
  EXPECT_EQ(blender.exit_handlers(), 0u);
  EXPECT_FALSE(python::any_callable_left());
  adapter.attach(&pump);
  blender.drop_exit_handlers();
  adapter.detach();
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(BlenderAdapter, ListensInTheBackgroundToo) {
  blender.offer_exit_pre();
  blender.app()->members.at("background")->number = 1;
  adapter.attach(&pump);
  EXPECT_EQ(blender.exit_handlers(), 1u);
}

TEST_F(BlenderAdapter, AfterAStopQuittingFindsNothingLeftToDo) {
  adapter.attach(&pump);
  adapter.detach();
  EXPECT_CALL(pump, on_quit()).Times(0);
  blender.quit();
}

TEST_F(BlenderAdapter, QuitsAsOftenAsAtexitIsRunButOnce) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).Times(1).WillOnce(Return(SILEX_ERROR_WRONG_THREAD));
  blender.quit();
  EXPECT_EQ(pump.lines().size(), 1u);
}

TEST_F(BlenderAdapter, DetachAfterPythonHasEndedLeavesPythonAlone) {
  adapter.attach(&pump);
  ON_CALL(pump, on_quit()).WillByDefault(Return(SILEX_ERROR_WRONG_THREAD));  // and did not detach
  blender.quit();
  EXPECT_CALL(python, PyGILState_Ensure()).Times(0);
  EXPECT_CALL(python, Py_DecRef(_)).Times(0);
  adapter.detach();
  testing::Mock::VerifyAndClearExpectations(&python);
}

}  // namespace

}  // namespace silex::blender
