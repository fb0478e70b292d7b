// The adapter in a Blender that is not there.
#pragma once

#include "adapter.hpp"
#include "fake_blender.hpp"

#include <silex/testing/mock_pump.hpp>

#include <embed/gil.hpp>
#include <gmock/gmock.h>

namespace silex::blender {

class BlenderAdapter : public testing::Test {
 protected:
  BlenderAdapter() { now = {}; }
  ~BlenderAdapter() override {
    adapter.detach();
    EXPECT_EQ(pump.references(), 0) << "a reference to the pump is left";
    EXPECT_FALSE(python.fake.has_gil()) << "the GIL is left taken";
  }

  static Tempo::Clock::time_point now;

  testing::NiceMock<python::MockPython> python;
  FakeBlender blender{python.fake};
  testing::NiceMock<testkit::MockPump> pump;
  Adapter adapter{python.api, [] { return now; }};
};
inline Tempo::Clock::time_point BlenderAdapter::now;

}  // namespace silex::blender
