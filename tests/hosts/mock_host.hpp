// GoogleMock stand-ins for a host: as the runtime sees it, and as a plugin's adapter.
#pragma once

#include "runtime/host_port.hpp"

#include <silex/adapter.h>

#include <string>

#include <gmock/gmock.h>

namespace silex::test {

// What silex::Core reaches its host through.
class MockHostPort : public HostPort {
 public:
  MOCK_METHOD(std::string, name, (), (const, override));
  MOCK_METHOD(Status, attach, (silex_host_mode & mode), (override));
  MOCK_METHOD(void, detach, (), (override));
  MOCK_METHOD(bool, wake, (), (override));
};

// An adapter's functions; adapter() is what a plugin's create() would return.
class MockAdapter {
 public:
  MOCK_METHOD(silex_status, attach, (silex_pump * pump, silex_host_mode* mode));
  MOCK_METHOD(void, detach, ());
  MOCK_METHOD(silex_status, wake, ());
  MOCK_METHOD(void, destroy, ());

  [[nodiscard]] const silex_adapter* adapter() const noexcept { return &adapter_; }

 private:
  static MockAdapter& of(void* self) { return *static_cast<MockAdapter*>(self); }

  const silex_adapter adapter_{
      sizeof(silex_adapter),
      this,
      [](void* self, silex_pump* pump, silex_host_mode* mode) { return of(self).attach(pump, mode); },
      [](void* self) { of(self).detach(); },
      [](void* self) { return of(self).wake(); },
      [](void* self) { of(self).destroy(); }};
};

}  // namespace silex::test
