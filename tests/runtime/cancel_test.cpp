// Cancelling deferred calls: before they start, while they run, after their end.
#include "runtime/core_test.hpp"

#include <string>

namespace silex::test {

namespace {

class DeferredCallCancel : public CoreTest {};

TEST_F(DeferredCallCancel, WithdrawnBeforeItStartsNeverRuns) {
  start();
  Probe& call = defer();
  EXPECT_TRUE(core->cancel(call.id).ok());
  ASSERT_TRUE(call.ended()) << "told and released before any drain";
  EXPECT_EQ(drain().calls_run, 0u);
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_CANCELLED);
  EXPECT_EQ(call.code(), SILEX_ERROR_CANCELLED);
  EXPECT_THAT(call.history(), ElementsAre("done", "release"));
}

TEST_F(DeferredCallCancel, WithdrawnFromInsideTheCallBeforeItNeverRuns) {
  start();
  Probe* second = nullptr;
  defer([&](const silex_scope&) {
    EXPECT_TRUE(core->cancel(second->id).ok());
    return SILEX_OK;
  });
  second = &defer();
  Probe& third = defer();
  EXPECT_EQ(drain().calls_run, 2u);
  ASSERT_TRUE(second->ended());
  EXPECT_EQ(second->outcome(), SILEX_OUTCOME_CANCELLED);
  EXPECT_THAT(second->history(), ElementsAre("done", "release"));
  EXPECT_TRUE(third.ended());
}

TEST_F(DeferredCallCancel, WithdrawnAfterADrainLeftItNeverRuns) {
  start();
  defer([this](const silex_scope&) {
    clock.advance(settings.calls.budget);
    return SILEX_OK;
  });
  Probe& call = defer();
  EXPECT_EQ(drain().calls_left, 1u);
  EXPECT_TRUE(core->cancel(call.id).ok());
  EXPECT_EQ(drain().calls_run, 0u);
  ASSERT_TRUE(call.ended());
  EXPECT_EQ(call.outcome(), SILEX_OUTCOME_CANCELLED);
}

TEST_F(DeferredCallCancel, WhileItRunsSeesTheRequest) {
  start();
  Probe* call = nullptr;
  call = &defer([&](const silex_scope& scope) {
    EXPECT_FALSE(scope.stop_requested(&scope));
    EXPECT_TRUE(core->cancel(call->id).ok());
    EXPECT_TRUE(scope.stop_requested(&scope));
    return SILEX_ERROR_CANCELLED;
  });
  drain();
  ASSERT_TRUE(call->ended());
  EXPECT_EQ(call->outcome(), SILEX_OUTCOME_CANCELLED);
  EXPECT_THAT(call->history(), ElementsAre("run", "done", "release"));
}

TEST_F(DeferredCallCancel, TooLateStillDeliversItsValue) {
  start();
  Probe* call = nullptr;
  call = &defer([&](const silex_scope&) {
    EXPECT_TRUE(core->cancel(call->id).ok());
    return SILEX_OK;
  });
  drain();
  ASSERT_TRUE(call->ended());
  EXPECT_EQ(call->outcome(), SILEX_OUTCOME_VALUE);
}

TEST_F(DeferredCallCancel, AfterItsEndIsNotFound) {
  start();
  Probe& call = defer();
  drain();
  ASSERT_TRUE(call.ended());
  const Status status = core->cancel(call.id);
  EXPECT_EQ(status.code(), SILEX_ERROR_NOT_FOUND);
  EXPECT_THAT(status.message(), HasSubstr(std::to_string(call.id)));
}

TEST_F(DeferredCallCancel, TwiceIsToldOnce) {
  start();
  Probe& call = defer();
  EXPECT_TRUE(core->cancel(call.id).ok());
  EXPECT_EQ(core->cancel(call.id).code(), SILEX_ERROR_NOT_FOUND);
  ASSERT_TRUE(call.ended());
  EXPECT_THAT(call.history(), ElementsAre("done", "release"));
}

TEST_F(DeferredCallCancel, WithAStaleIdLeavesItsSuccessorAlone) {
  start();
  Probe& first = defer();
  drain();
  ASSERT_TRUE(first.ended());
  Probe& second = defer();
  EXPECT_NE(first.id, second.id);
  EXPECT_EQ(core->cancel(first.id).code(), SILEX_ERROR_NOT_FOUND);
  EXPECT_EQ(drain().calls_run, 1u);
  ASSERT_TRUE(second.ended());
  EXPECT_EQ(second.outcome(), SILEX_OUTCOME_VALUE);
}

TEST_F(DeferredCallCancel, WithoutAnIdThereIsNothingToCancel) {
  start();
  defer();
  EXPECT_EQ(core->cancel(0).code(), SILEX_ERROR_NOT_FOUND);
  EXPECT_EQ(core->cancel(SILEX_NONE).code(), SILEX_ERROR_NOT_FOUND);
}

TEST_F(DeferredCallCancel, AbandonedByACancelIsToldWhileItStillRuns) {
  start();
  Probe* call = &probe([&](const silex_scope&) {
    EXPECT_TRUE(core->cancel(call->id).ok());
    EXPECT_TRUE(eventually([&] { return !call->history().empty(); }));
    return SILEX_OK;
  });
  call->work.flags = SILEX_WORK_ABANDON;
  defer(*call);
  drain();
  ASSERT_TRUE(call->ended());
  EXPECT_EQ(call->outcome(), SILEX_OUTCOME_CANCELLED);
  EXPECT_THAT(call->history(), ElementsAre("done", "run", "release"));
}

}  // namespace

}  // namespace silex::test
