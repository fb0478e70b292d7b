// Hosts made of expectations: as the runtime sees one, and as an adapter is seen from outside.
#pragma once

#include "runtime/host_port.hpp"

#include <silex/adapter.h>

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

// The same behind the C ABI: `&adapter.abi` is a silex_adapter, valid as long as this is.
class MockAdapter {
 public:
  MockAdapter() {
    ON_CALL(*this, attach).WillByDefault(::testing::Return(SILEX_OK));
    ON_CALL(*this, wake).WillByDefault(::testing::Return(SILEX_OK));
  }
  MockAdapter(const MockAdapter&) = delete;
  MockAdapter& operator=(const MockAdapter&) = delete;
  ~MockAdapter() = default;

  MOCK_METHOD(silex_status, attach, (silex_pump * pump, silex_host_mode* mode));
  MOCK_METHOD(void, detach, ());
  MOCK_METHOD(silex_status, wake, ());
  MOCK_METHOD(void, destroy, ());

  const silex_adapter abi{
      sizeof(silex_adapter),
      this,
      [](void* self, silex_pump* pump, silex_host_mode* mode) { return of(self).attach(pump, mode); },
      [](void* self) { of(self).detach(); },
      [](void* self) { return of(self).wake(); },
      [](void* self) { of(self).destroy(); }};

 private:
  static MockAdapter& of(void* self) { return *static_cast<MockAdapter*>(self); }
};

}  // namespace silex::test
