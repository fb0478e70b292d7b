// How it ends: by a stop, by Houdini's quitting, and in whatever order both come.
#include "adapter_fixture.hpp"

namespace silex::houdini {

namespace {

using python::Gil;
using testing::_;
using testing::Return;

TEST_F(HoudiniAdapter, DetachRemovesTheVeryCallableThatItRegistered) {
  adapter.attach(&pump);
  adapter.detach();
  EXPECT_EQ(houdini.callbacks(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(HoudiniAdapter, DetachToleratesCallbacksThatAreGone) {
  adapter.attach(&pump);
  houdini.drop_callbacks();
  adapter.detach();
  EXPECT_FALSE(python::any_callable_left());
  const Gil gil(python.api);
  EXPECT_EQ(python.fake.PyErr_Occurred(), nullptr);
}

TEST_F(HoudiniAdapter, DetachInsideADrainLeavesTheRemovalToTheNextTurn) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    adapter.detach();
    EXPECT_EQ(houdini.callbacks(), 1u) << "it is gone while it runs";
    return SILEX_ERROR_HOST_GONE;
  });
  houdini.turn();
  houdini.turn();
  EXPECT_EQ(houdini.callbacks(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(HoudiniAdapter, AttachesAgainInsideTheDrainThatDetached) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_drain(_))
      .WillOnce([&](silex_drain_report*) {
        adapter.detach();
        adapter.attach(&pump);
        return SILEX_ERROR_HOST_GONE;
      })
      .WillRepeatedly(Return(SILEX_OK));
  houdini.turn();
  houdini.turn();
  EXPECT_EQ(houdini.callbacks(), 1u);
}

TEST_F(HoudiniAdapter, WhatHoudiniStillHoldsAfterDetachDoesNothing) {
  adapter.attach(&pump);
  const auto removal = houdini.ui()->members.at("removeEventLoopCallback")->function;
  houdini.ui()->members.at("removeEventLoopCallback")->function = [this](const auto&, const auto&) {
    return python.fake.raise("RuntimeError", "not now");
  };
  adapter.detach();
  EXPECT_EQ(pump.references(), 0);
  EXPECT_TRUE(python::any_callable_left()) << "the plugin would be unloaded under Houdini's feet";
  EXPECT_CALL(pump, on_drain(_)).Times(0);
  houdini.turn();
  houdini.load_scene(true);
  EXPECT_EQ(houdini.callbacks(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(HoudiniAdapter, DetachTwiceIsDetachOnce) {
  adapter.attach(&pump);
  adapter.detach();
  adapter.detach();
}

TEST_F(HoudiniAdapter, QuittingStopsTheRuntimeWithoutTheGil) {
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    EXPECT_FALSE(python.fake.has_gil()) << "threads that need it to end would wait for ever";
    adapter.detach();
    return SILEX_OK;
  });
  houdini.quit();
}

TEST_F(HoudiniAdapter, QtSaysFirstThatHoudiniQuitsAndTheOtherHooksFindNothingToDo) {
  houdini.load_qt("PySide6");
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).Times(1).WillOnce([&] {
    EXPECT_TRUE(houdini.has_exit_functions()) << "atexit was run before Qt's signal";
    adapter.detach();
    return SILEX_OK;
  });
  houdini.quit();
}

TEST_F(HoudiniAdapter, HythonStopsTheRuntimeBeforePythonWaitsForThreadsThatWaitForIt) {
  houdini.lose_window();
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    EXPECT_TRUE(houdini.has_exit_functions()) << "it came with atexit, which is after the threads";
    adapter.detach();
    return SILEX_OK;
  });
  houdini.quit();
}

TEST_F(HoudiniAdapter, QuittingHythonStopsTheRuntimeToo) {
  houdini.lose_window();
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    adapter.detach();
    return SILEX_OK;
  });
  houdini.quit();
}

TEST_F(HoudiniAdapter, AfterAStopQuittingFindsNothingLeftToDo) {
  houdini.load_qt("PySide2");
  adapter.attach(&pump);
  adapter.detach();
  EXPECT_CALL(pump, on_quit()).Times(0);
  houdini.quit();
}

TEST_F(HoudiniAdapter, DetachAfterPythonHasEndedLeavesPythonAlone) {
  houdini.load_qt("PySide2");
  adapter.attach(&pump);
  ON_CALL(pump, on_quit()).WillByDefault(Return(SILEX_ERROR_WRONG_THREAD));  // and did not detach
  houdini.quit();
  EXPECT_EQ(pump.lines().size(), 2u) << "Qt's signal and Python's end each try it once";
  EXPECT_CALL(python, PyGILState_Ensure()).Times(0);
  EXPECT_CALL(python, Py_DecRef(_)).Times(0);
  adapter.detach();
  testing::Mock::VerifyAndClearExpectations(&python);
}

}  // namespace

}  // namespace silex::houdini
