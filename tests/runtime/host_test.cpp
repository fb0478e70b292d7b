// What the runtime asks of its host, and when.
#include "hosts/mock_host.hpp"
#include "runtime/core.hpp"

#include <latch>
#include <memory>
#include <thread>

namespace silex::test {
namespace {

using ::testing::InSequence;
using ::testing::NiceMock;
using ::testing::Return;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""h;

silex_work nothing() {
  silex_work work{};
  work.size = sizeof work;
  work.run = [](void*, const silex_scope*) { return static_cast<silex_status>(SILEX_OK); };
  return work;
}

class Host : public ::testing::Test {
 protected:
  std::shared_ptr<Core> make(Duration busy = 2s) {
    Settings settings{2, 16, {8ms, Duration(0), 50ms}, {250ms, busy}, 10s, 2s};
    settings.event_sink = [this](const silex_event& event) {
      if (on_event) on_event(event);
    };
    return std::make_shared<Core>(settings, logger, &host, steady_clock());
  }
  std::function<void(const silex_event&)> on_event;
  NiceMock<MockHostPort> host;
  std::shared_ptr<Logger> logger =
      std::make_shared<Logger>([](void*, silex_log_level, const char*) {}, nullptr);
};

TEST_F(Host, IsAttachedByStartAndDetachedByStop) {
  InSequence sequence;
  EXPECT_CALL(host, attach).WillOnce([](silex_host_mode&) { return Status(); });
  EXPECT_CALL(host, detach).Times(1);
  const auto core = make();
  EXPECT_TRUE(core->start().ok());
  EXPECT_TRUE(core->stop().ok());
}

TEST_F(Host, ThatRefusesToAttachLeavesNothingRunning) {
  EXPECT_CALL(host, attach).WillOnce([](silex_host_mode&) {
    return Status(SILEX_ERROR_ADAPTER_FAILED, "no window");
  });
  EXPECT_CALL(host, detach).Times(0);
  const auto core = make();
  const Status started = core->start();
  EXPECT_EQ(SILEX_ERROR_ADAPTER_FAILED, started.code());
  EXPECT_STREQ("no window", started.message());
}

TEST_F(Host, IsWokenOnceForManyCallsOfManyThreads) {
  const auto core = make(1h);
  ASSERT_TRUE(core->start().ok());
  EXPECT_CALL(host, wake).Times(1).WillOnce(Return(true));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 100; ++call) EXPECT_TRUE(core->defer(nothing(), nullptr).ok());
    });
  }
  for (auto& thread : threads) thread.join();
  ::testing::Mock::VerifyAndClearExpectations(&host);
  EXPECT_TRUE(core->stop().ok());
}

TEST_F(Host, InBatchModeIsNotWoken) {
  EXPECT_CALL(host, attach).WillOnce([](silex_host_mode& mode) {
    mode = SILEX_HOST_BATCH;
    return Status();
  });
  EXPECT_CALL(host, wake).Times(0);
  const auto core = make();
  ASSERT_TRUE(core->start().ok());
  EXPECT_TRUE(core->defer(nothing(), nullptr).ok());
  EXPECT_TRUE(core->pump_until([](void*) { return true; }, nullptr, SILEX_NONE).ok());
  EXPECT_TRUE(core->stop().ok());
}

TEST_F(Host, ThatLosesAWakeIsWokenAgainAndReportedBusy) {
  std::latch woken_again(2);
  std::latch busy(1);
  on_event = [&](const silex_event& event) {
    if (event.kind == SILEX_EVENT_HOST_BUSY) busy.count_down();
  };
  EXPECT_CALL(host, wake)
      .WillOnce([&] {
        woken_again.count_down();
        return true;  // and nothing comes of it
      })
      .WillOnce([&] {
        woken_again.count_down();
        return true;
      })
      .WillRepeatedly(Return(true));
  const auto core = make(20ms);
  ASSERT_TRUE(core->start().ok());
  EXPECT_TRUE(core->defer(nothing(), nullptr).ok());
  woken_again.wait();
  busy.wait();
  EXPECT_TRUE(core->stop().ok());
}

TEST_F(Host, ThatGoesIsReportedByName) {
  std::string gone;
  on_event = [&](const silex_event& event) {
    if (event.kind == SILEX_EVENT_HOST_GONE) gone = event.name;
  };
  const auto core = make();
  ASSERT_TRUE(core->start().ok());
  EXPECT_TRUE(core->stop().ok());
  EXPECT_EQ("mock", gone);
}

}  // namespace
}  // namespace silex::test
