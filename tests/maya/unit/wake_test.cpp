// From a wake to a drain.
#include "adapter_fixture.hpp"

#include <utility>

namespace silex::maya {

namespace {

using python::Gil;
using testing::_;
using testing::HasSubstr;
using testing::Return;

TEST_F(MayaAdapter, AWakeBecomesOneDrainOnTheMainThread) {
  start();
  adapter.wake();
  ASSERT_TRUE(maya.comes_to_wait(1));
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    EXPECT_FALSE(python.fake.has_gil()) << "other Python threads would stand still";
    return SILEX_OK;
  });
  maya.go_idle();
  EXPECT_EQ(maya.waiting(), 0u) << "Maya is asked again although nobody woke it";
}

TEST_F(MayaAdapter, AWakeNeverWaitsForPython) {
  start();
  const Gil held_by_the_main_thread(python.api);
  for (int i = 0; i < 1000; ++i) adapter.wake();
}

TEST_F(MayaAdapter, ManyWakesWhileMayaIsBusyAreOne) {
  start();
  {
    const Gil held_by_the_main_thread(python.api);
    for (int i = 0; i < 1000; ++i) adapter.wake();
  }
  ASSERT_TRUE(maya.comes_to_wait(1));
  adapter.detach();
  EXPECT_LE(maya.waiting(), 2u);  // one wake may have been on its way
  maya.go_idle();
}

TEST_F(MayaAdapter, WhatADeferredCallLeavesInPythonIsToldAndDropped) {
  start();
  adapter.wake();
  ASSERT_TRUE(maya.comes_to_wait(1));
  EXPECT_CALL(pump, on_drain(_)).WillOnce([&](silex_drain_report*) {
    const Gil gil(python.api);
    python.fake.raise("KeyError", "left behind");
    return SILEX_OK;
  });
  maya.go_idle();
  EXPECT_THAT(pump.lines(), testing::ElementsAre(HasSubstr("KeyError: left behind")));
}

TEST_F(MayaAdapter, SaysThatMayaRefusedAndAsksAgainAtTheNextWake) {
  auto* const execute_deferred = maya.utils()->members.at("executeDeferred");
  const auto works = execute_deferred->function;
  execute_deferred->function = [&, works, refused = false](const auto& arguments,
                                                           const auto& keywords) mutable {
    if (std::exchange(refused, true)) return works(arguments, keywords);
    return python.fake.raise("RuntimeError", "busy");
  };
  start();
  adapter.wake();
  while (pump.lines().empty()) std::this_thread::yield();
  EXPECT_THAT(pump.lines().at(0), HasSubstr("maya.utils.executeDeferred raised RuntimeError: busy"));
  adapter.wake();
  EXPECT_TRUE(maya.comes_to_wait(1));
}

}  // namespace

}  // namespace silex::maya
