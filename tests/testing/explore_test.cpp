// What explore() does with a runtime and an adapter that are right: it tries all sorts of things, each time
// in the same way, and finds nothing.
#include <silex/testing.hpp>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace silex::testkit {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(TestKit, ExploringTheRuntimeAndTheKitsAdapterFindsNothing) {
  EXPECT_TRUE(explore());
}

TEST(TestKit, ExploringABatchHostFindsNothing) {
  EXPECT_TRUE(explore({.world = [] { return HarnessOptions{.batch = true}; }}));
}

TEST(TestKit, EveryScheduleOfTwoStepsKeepsEveryPromise) {
  std::string journals;
  EXPECT_TRUE(explore({.steps = 2, .exhaustive = true, .journals = &journals}));
  // Each step after each other one.
  for (const char* const both :
       {"  stop\n  start\n", "  defer call 1\n  cancel call 1\n", "  the host quits\n  the host turns\n",
        "  defer call 1, to end within 5 ms\n  10 ms pass\n"}) {
    EXPECT_THAT(journals, HasSubstr(both));
  }
}

TEST(TestKit, SchedulesHaveAllInThemThatCanHappen) {
  std::string journals;
  EXPECT_TRUE(explore({.journals = &journals}));
  for (const char* const line :
       {"  start\n", "  stop\n", "    stop\n", "the host quits", "a drain that nobody asked for",
        "from another thread", "from the loop", "to end within 5 ms", "      the host turns\n", "completed",
        "failed", "was cancelled", "timed out", "ended because the host is gone",
        "returns SILEX_ERROR_CANCELLED"}) {
    EXPECT_THAT(journals, HasSubstr(line));
  }
}

TEST(TestKit, TheSameSeedsMakeTheSameSchedules) {
  std::string first;
  std::string second;
  EXPECT_TRUE(explore({.seeds = 60, .journals = &first}));
  EXPECT_TRUE(explore({.seeds = 60, .journals = &second}));
  EXPECT_GT(first.size(), 10000u);
  EXPECT_EQ(first, second);
}

TEST(TestKit, AuthorsStepsAreAmongTheOthers) {
  int renamed = 0;
  const Step own{"the layer is renamed", [&](Harness& harness) {
                   ++renamed;
                   EXPECT_EQ(silex_current_thread(harness.runtime().handle()) == SILEX_THREAD_OTHER,
                             !harness.runtime().is_running());
                 }};
  std::string journals;
  EXPECT_TRUE(explore({.seeds = 50, .own_steps = {own}, .journals = &journals}));
  EXPECT_GT(renamed, 50);
  EXPECT_THAT(journals, HasSubstr("the layer is renamed"));
}

// A step that never returns ends the program, which says which schedule it was in.
TEST(TestKit, AVariableThatMakesNoSenseIsNamed) {
  const auto says = [](const char* name, const char* value, const char* sentence) {
    setenv(name, value, 1);
    EXPECT_THAT([] { static_cast<void>(explore({.seeds = 1, .steps = 1})); },
                ::testing::ThrowsMessage<std::invalid_argument>(
                    AllOf(HasSubstr(name), HasSubstr(value), HasSubstr(sentence))));
    unsetenv(name);
  };
  says("SILEX_TESTING_SEED", "the last one", "set it to a number, or to the path");
  says("SILEX_TESTING_SEED", "path:0,3", "set it to a number, or to the path");
  says("SILEX_TESTING_SEEDS", "many", "set it to a number from 1 on");
  says("SILEX_TESTING_STEPS", "-3", "set it to a number from 1 on");
}

TEST(TestKitDeathTest, AScheduleThatHangsIsNamed) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const Step hangs{"hang", [](Harness&) {
                     for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
                   }};
  EXPECT_DEATH(static_cast<void>(explore({.own_steps = {hangs}, .patience = std::chrono::seconds(1)})),
               "the schedule [0-9]+ hangs; SILEX_TESTING_SEED does it again");
}

}  // namespace
}  // namespace silex::testkit
