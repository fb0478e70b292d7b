// MockPump: the runtime's end of an adapter, for tests of an adapter alone. Needs GoogleMock.
#pragma once

#include <silex/adapter.h>

#include <mutex>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace silex::testkit {

// Is a silex_pump: hand its address to attach(). It must outlive every reference.
class MockPump : public silex_pump {
 public:
  MockPump()
      : silex_pump{sizeof(silex_pump),
                   nullptr,
                   [](silex_pump* pump) { of(pump).count(+1); },
                   [](silex_pump* pump) { of(pump).count(-1); },
                   [](silex_pump* pump, silex_drain_report* report) { return of(pump).on_drain(report); },
                   [](silex_pump* pump) { return of(pump).on_quit(); },
                   [](silex_pump* pump, silex_log_level /*level*/, const char* message) {
                     of(pump).keep(message);
                   }} {}
  // silex_pump.drain(); `report` may be NULL
  MOCK_METHOD(silex_status, on_drain, (silex_drain_report * report));
  // silex_pump.quit()
  MOCK_METHOD(silex_status, on_quit, ());

  // That the adapter, and what it has given to its host, hold: 0 once it is detached and the host has called
  // back. [any-thread]
  [[nodiscard]] int references() const {
    const std::lock_guard lock(mutex_);
    return references_;
  }
  // What the adapter wrote to the log. [any-thread]
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  static MockPump& of(silex_pump* pump) { return *static_cast<MockPump*>(pump); }
  void count(int difference) {
    const std::lock_guard lock(mutex_);
    references_ += difference;
  }
  void keep(const char* message) {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(message);
  }

  mutable std::mutex mutex_;
  int references_ = 0;
  std::vector<std::string> lines_;
};

// What a drain does that ran so many calls: `EXPECT_CALL(pump, on_drain).WillOnce(ran(3))`.
inline auto ran(unsigned calls) {
  return [calls](silex_drain_report* report) {
    if (report) report->calls_run = calls;
    return SILEX_OK;
  };
}

}  // namespace silex::testkit
