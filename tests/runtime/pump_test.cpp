// Pumping: what takes the place of the host's idle loop in batch mode.
#include "runtime/core_test.hpp"

#include <atomic>
#include <thread>

namespace silex::test {

namespace {

class Pump : public CoreTest {
 protected:
  void SetUp() override {
    ON_CALL(host, attach).WillByDefault(&attach_in_batch_mode);
    start();
  }
  // Pumps until `condition` holds.
  template <typename Condition>
  Status pump_until(Condition condition, std::uint64_t timeout_ns = SILEX_NONE) {
    const std::shared_ptr<Core> held = core;
    return held->pump_until([](void* data) { return (*static_cast<Condition*>(data))(); }, &condition,
                            timeout_ns);
  }
};

TEST_F(Pump, RunsCallsUntilItsConditionHolds) {
  bool ran = false;
  defer([&](const silex_scope&) {
    ran = true;
    return SILEX_OK;
  });
  EXPECT_TRUE(pump_until([&] { return ran; }).ok());
  EXPECT_TRUE(ran);
}

TEST_F(Pump, AsksItsConditionAfterTheFirstDrain) {
  defer();
  defer();
  EXPECT_TRUE(pump_until([] { return true; }).ok());
  EXPECT_EQ(metrics().calls_queued, 0u);
}

TEST_F(Pump, WakesUpForACall) {
  std::atomic<bool> ran{false};
  Signal pumping;
  std::thread other([&] {
    EXPECT_TRUE(pumping.wait());
    defer([&](const silex_scope&) {
      ran = true;
      return SILEX_OK;
    });
  });
  EXPECT_TRUE(pump_until([&] {
                pumping.raise();
                return ran.load();
              }).ok());
  other.join();
}

TEST_F(Pump, EndsWhenItsTimeIsUp) {
  int asked = 0;
  const Status status = pump_until(
      [&] {
        ++asked;
        clock.advance(1s);
        return false;
      },
      3'000'000'000);
  EXPECT_EQ(status.code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_EQ(asked, 3);
}

TEST_F(Pump, WithoutTimeDrainsOnce) {
  Probe& call = defer();
  EXPECT_EQ(pump_until([] { return false; }, 0).code(), SILEX_ERROR_TIMED_OUT);
  EXPECT_EQ(metrics().drains, 1u);
  EXPECT_TRUE(call.ended());
}

TEST_F(Pump, WithoutConditionEndsWhenItsTimeIsUp) {
  EXPECT_EQ(core->pump_until(nullptr, nullptr, 0).code(), SILEX_ERROR_TIMED_OUT);
}

TEST_F(Pump, GoesOnWhereTheBudgetIsSpent) {
  for (int i = 0; i < 5; ++i) {
    defer([this](const silex_scope&) {
      clock.advance(settings.calls.budget);
      return SILEX_OK;
    });
  }
  EXPECT_TRUE(pump_until([&] { return metrics().calls_queued == 0; }).ok());
  EXPECT_EQ(metrics().drains, 5u);
}

TEST_F(Pump, AsksItsConditionWhenItIsNotified) {
  std::atomic<bool> notified{false};
  Signal pumping;
  std::thread other([&] {
    EXPECT_TRUE(pumping.wait());
    notified = true;
    core->notify_pump();
  });
  EXPECT_TRUE(pump_until([&] {
                pumping.raise();
                return notified.load();
              }).ok());
  other.join();
}

TEST_F(Pump, EndsWithTheRuntime) {
  defer([this](const silex_scope&) {
    EXPECT_TRUE(stop().ok());
    return SILEX_OK;
  });
  EXPECT_EQ(pump_until([] { return false; }).code(), SILEX_ERROR_HOST_GONE);
}

TEST_F(Pump, IsRefusedOnAnotherThread) {
  std::thread([&] { EXPECT_EQ(pump_until([] { return true; }).code(), SILEX_ERROR_WRONG_THREAD); }).join();
}

TEST_F(Pump, InsideAPumpGoesOnBehindTheCall) {
  bool inner = false;
  defer([&](const silex_scope&) {
    defer([&](const silex_scope&) {
      inner = true;
      return SILEX_OK;
    });
    EXPECT_TRUE(pump_until([&] { return inner; }).ok());
    return SILEX_OK;
  });
  EXPECT_TRUE(pump_until([&] { return inner; }).ok());
}

TEST_F(Pump, AsksNoBatchHostForAWake) {
  EXPECT_CALL(host, wake).Times(0);
  defer();
  EXPECT_TRUE(pump_until([] { return true; }).ok());
  EXPECT_EQ(metrics().wakes, 0u) << "counted, but nobody was asked";
}

}  // namespace

}  // namespace silex::test
