// The adapter in a Houdini that is not there.
#pragma once

#include "adapter.hpp"
#include "fake_houdini.hpp"

#include <silex/testing/mock_pump.hpp>

#include <embed/gil.hpp>
#include <gmock/gmock.h>

namespace silex::houdini {

class HoudiniAdapter : public testing::Test {
 protected:
  HoudiniAdapter() { houdini.threading().offer_exit_hook(); }
  ~HoudiniAdapter() override {
    adapter.detach();
    EXPECT_EQ(pump.references(), 0) << "a reference to the pump is left";
    EXPECT_FALSE(python.fake.has_gil()) << "the GIL is left taken";
  }

  testing::NiceMock<python::MockPython> python;
  FakeHoudini houdini{python.fake};
  testing::NiceMock<testkit::MockPump> pump;
  Adapter adapter{python.api};
};

}  // namespace silex::houdini
