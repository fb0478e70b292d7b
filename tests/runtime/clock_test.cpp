// The clock of a process that ends.
#include "runtime/clock.hpp"

#include <cstdlib>

#include <gtest/gtest.h>
#include <unistd.h>

namespace silex {

namespace {

TEST(SteadyClock, TellsTheTimeToThreadsThatAreStillThereWhenAHostCallsExit) {
  const auto exit_as_a_host = [] {
    // What was registered first runs last: after the destructors of what is made below.
    static_cast<void>(std::atexit([] { ::_exit(steady_clock().now() > TimePoint{} ? 0 : 1); }));
    static_cast<void>(steady_clock().now());
    std::exit(2);
  };
  EXPECT_EXIT(exit_as_a_host(), testing::ExitedWithCode(0), "");
}

}  // namespace

}  // namespace silex
