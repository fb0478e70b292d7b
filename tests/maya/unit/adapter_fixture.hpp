// The adapter in a Maya that is not there.
#pragma once

#include "adapter.hpp"
#include "fake_maya.hpp"

#include <silex/testing/mock_pump.hpp>

#include <embed/gil.hpp>
#include <gmock/gmock.h>

namespace silex::maya {

class MayaAdapter : public testing::Test {
 protected:
  ~MayaAdapter() override {
    adapter.detach();
    EXPECT_EQ(pump.references(), 0) << "a reference to the pump is left";
    EXPECT_FALSE(python.fake.has_gil()) << "the GIL is left taken";
    EXPECT_FALSE(python::any_waker_left());
  }

  // Attached, and idle for the first time.
  void start() {
    adapter.attach(&pump);
    maya.go_idle();
  }

  testing::NiceMock<python::MockPython> python;
  FakeMaya maya{python.fake};
  testing::NiceMock<testkit::MockPump> pump;
  Adapter adapter{python.api};
};

}  // namespace silex::maya
