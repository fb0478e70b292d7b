// The test kit, as a project outside of the SDK uses it.
#include <silex/silex.hpp>
#include <silex/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace silex::testkit;

TEST(Kit, HasARealRuntimeInAHostThatTheTestTurns) {
  Harness harness;
  EXPECT_THAT(harness.finish(harness.runtime().spawn("answer",
                                                     [](silex::Context ctx) -> silex::task<int> {
                                                       co_return co_await ctx.main_thread([] { return 42; });
                                                     })),
              Completed(42));
}

TEST(Kit, HasAMockAdapter) {
  testing::NiceMock<MockAdapter> adapter;
  EXPECT_CALL(adapter, attach);
  EXPECT_CALL(adapter, detach);
  const Harness harness({.adapter = &adapter.abi});
}

TEST(Kit, Explores) {
  EXPECT_TRUE(explore({.seeds = 20}));
}

}  // namespace
