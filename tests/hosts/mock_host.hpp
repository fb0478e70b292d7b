// A host made of expectations, as the runtime sees one; for an adapter's C table see
// silex/testing/mock_adapter.hpp.
#pragma once

#include "runtime/host_port.hpp"

#include <string>

#include <gmock/gmock.h>

namespace silex::test {

// An interactive host that takes every wake and never comes back by itself: the test drains.
class MockHostPort : public HostPort {
 public:
  MockHostPort() {
    ON_CALL(*this, name).WillByDefault(::testing::Return("mock"));
    ON_CALL(*this, attach).WillByDefault([](silex_host_mode& mode) {
      mode = SILEX_HOST_INTERACTIVE;
      return Status();
    });
    ON_CALL(*this, wake).WillByDefault(::testing::Return(true));
  }
  MOCK_METHOD(std::string, name, (), (const, override));
  MOCK_METHOD(Status, attach, (silex_host_mode & mode), (override));
  MOCK_METHOD(void, detach, (), (override));
  MOCK_METHOD(bool, wake, (), (override));
};

// What attach() of a host without a loop of its own does.
inline Status attach_in_batch_mode(silex_host_mode& mode) {
  mode = SILEX_HOST_BATCH;
  return {};
}

}  // namespace silex::test
