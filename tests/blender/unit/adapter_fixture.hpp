// The adapter in a Blender that is not there.
#pragma once

#include "adapter.hpp"
#include "fake_blender.hpp"

#include <memory>
#include <string>
#include <vector>

#include <embed/gil.hpp>
#include <gmock/gmock.h>

namespace silex::blender {

class MockPump : public silex_pump {
 public:
  MockPump()
      : silex_pump{sizeof(silex_pump),
                   nullptr,
                   [](silex_pump* pump) { ++of(pump).references; },
                   [](silex_pump* pump) { --of(pump).references; },
                   [](silex_pump* pump, silex_drain_report* report) { return of(pump).on_drain(report); },
                   [](silex_pump* pump) { return of(pump).on_quit(); },
                   [](silex_pump* pump, silex_log_level /*level*/, const char* message) {
                     of(pump).lines.emplace_back(message);
                   }} {}
  MOCK_METHOD(silex_status, on_drain, (silex_drain_report * report));
  MOCK_METHOD(silex_status, on_quit, ());

  int references = 0;
  std::vector<std::string> lines;

 private:
  static MockPump& of(silex_pump* pump) { return *static_cast<MockPump*>(pump); }
};

class BlenderAdapter : public testing::Test {
 protected:
  BlenderAdapter() { now = {}; }
  ~BlenderAdapter() override {
    adapter.detach();
    EXPECT_EQ(pump.references, 0) << "a reference to the pump is left";
    EXPECT_FALSE(python.fake.has_gil()) << "the GIL is left taken";
  }

  static Tempo::Clock::time_point now;

  testing::NiceMock<python::MockPython> python;
  FakeBlender blender{python.fake};
  testing::NiceMock<MockPump> pump;
  Adapter adapter{python.api, [] { return now; }};
};
inline Tempo::Clock::time_point BlenderAdapter::now;

// What a drain does that ran so many calls.
inline auto ran(unsigned calls) {
  return [calls](silex_drain_report* report) {
    report->calls_run = calls;
    return SILEX_OK;
  };
}

}  // namespace silex::blender
