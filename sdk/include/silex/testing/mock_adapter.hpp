// MockAdapter: an adapter made of expectations, as the runtime sees one. Needs GoogleMock.
#pragma once

#include <silex/adapter.h>

#include <gmock/gmock.h>

namespace silex::testkit {

// `&adapter.abi` is a silex_adapter, valid as long as this is; a Harness attaches it to a real runtime. It
// says yes to everything and does nothing: the test drains, through the pump that attach() was given.
class MockAdapter {
 public:
  MockAdapter() {
    ON_CALL(*this, attach).WillByDefault(::testing::Return(SILEX_OK));
    ON_CALL(*this, wake).WillByDefault(::testing::Return(SILEX_OK));
  }
  MockAdapter(const MockAdapter&) = delete;
  MockAdapter& operator=(const MockAdapter&) = delete;
  ~MockAdapter() = default;

  // silex_adapter.attach()
  MOCK_METHOD(silex_status, attach, (silex_pump * pump, silex_host_mode* mode));
  // silex_adapter.detach()
  MOCK_METHOD(void, detach, ());
  // silex_adapter.wake()
  MOCK_METHOD(silex_status, wake, ());
  // silex_adapter.destroy()
  MOCK_METHOD(void, destroy, ());

  // As the runtime sees it.
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

}  // namespace silex::testkit
