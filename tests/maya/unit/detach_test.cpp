// How it ends: by a stop, by Maya's exit, and in whatever order its hooks come.
#include "adapter_fixture.hpp"

namespace silex::maya {

namespace {

using testing::_;
using testing::Return;

TEST_F(MayaAdapter, DetachRemovesTheCallbackThatWouldAbortMaya) {
  start();
  adapter.detach();
  EXPECT_EQ(maya.callbacks(), 0u);
  EXPECT_FALSE(maya.has_exit_functions());
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(MayaAdapter, DetachBeforeMayaWasIdleLeavesACallThatDoesNothing) {
  adapter.attach(&pump);
  adapter.detach();
  EXPECT_TRUE(python::any_callable_left()) << "the plugin would be unloaded under Maya's feet";
  maya.go_idle();
  EXPECT_EQ(maya.callbacks(), 0u);
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(MayaAdapter, WhatMayasQueueStillHoldsAfterDetachDoesNothing) {
  start();
  adapter.wake();
  ASSERT_TRUE(maya.comes_to_wait(1));
  adapter.detach();
  EXPECT_EQ(pump.references(), 0);
  EXPECT_TRUE(python::any_callable_left());
  EXPECT_CALL(pump, on_drain(_)).Times(0);
  maya.go_idle();
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(MayaAdapter, DetachInsideADrain) {
  start();
  adapter.wake();
  ASSERT_TRUE(maya.comes_to_wait(1));
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    adapter.detach();
    return SILEX_ERROR_HOST_GONE;
  });
  maya.go_idle();
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(MayaAdapter, DetachToleratesThatMayaDroppedTheCallback) {
  start();
  maya.drop_callbacks();
  adapter.detach();
  adapter.detach();
  EXPECT_FALSE(python::any_callable_left());
}

TEST_F(MayaAdapter, MayasExitStopsTheRuntimeWithoutTheGil) {
  start();
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    EXPECT_FALSE(python.fake.has_gil()) << "threads that need it to end would wait for ever";
    adapter.detach();
    return SILEX_OK;
  });
  maya.send_exiting();
  EXPECT_EQ(maya.callbacks(), 0u) << "uninitializePlugin would abort Maya";
  maya.end_python();
}

TEST_F(MayaAdapter, PythonsEndStopsTheRuntimeWhereMayaSaidNothing) {
  start();
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    adapter.detach();
    return SILEX_OK;
  });
  maya.end_python();
}

TEST_F(MayaAdapter, PythonsEndStopsTheRuntimeInBatch) {
  maya.set_batch();
  adapter.attach(&pump);
  EXPECT_CALL(pump, on_quit()).WillOnce([&] {
    adapter.detach();
    return SILEX_OK;
  });
  maya.end_python();
}

TEST_F(MayaAdapter, AfterAStopNoHookFindsAnythingToDo) {
  start();
  adapter.detach();
  EXPECT_CALL(pump, on_quit()).Times(0);
  maya.send_exiting();
  maya.end_python();
}

TEST_F(MayaAdapter, DetachAfterPythonHasEndedLeavesPythonAlone) {
  start();
  ON_CALL(pump, on_quit()).WillByDefault(Return(SILEX_ERROR_WRONG_THREAD));  // and did not detach
  maya.end_python();
  EXPECT_CALL(python, PyGILState_Ensure()).Times(0);
  EXPECT_CALL(python, Py_DecRef(_)).Times(0);
  adapter.detach();
  testing::Mock::VerifyAndClearExpectations(&python);
}

TEST_F(MayaAdapter, AttachesAgainAfterDetach) {
  for (int i = 0; i < 3; ++i) {
    start();
    EXPECT_EQ(maya.callbacks(), 1u);
    adapter.wake();
    ASSERT_TRUE(maya.comes_to_wait(1));
    maya.go_idle();
    adapter.detach();
    EXPECT_EQ(maya.callbacks(), 0u);
  }
}

}  // namespace

}  // namespace silex::maya
