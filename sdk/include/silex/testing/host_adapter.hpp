// HostAdapter: the test kit's own adapter, between a runtime and a Host.
#pragma once

#include <silex/adapter.h>
#include <silex/pump.hpp>
#include <silex/testing/host.hpp>

#include <memory>

namespace silex::testkit {

// `&adapter.abi` is a silex_adapter, valid as long as this is. What the host holds has a pump of its own,
// which does nothing after detach().
class HostAdapter {
 public:
  // The host outlives it.
  explicit HostAdapter(Host& host) : host_(host) {}
  HostAdapter(const HostAdapter&) = delete;
  HostAdapter& operator=(const HostAdapter&) = delete;

  // As the runtime sees it.
  const silex_adapter abi{
      sizeof(silex_adapter),
      this,
      [](void* self, silex_pump* pump, silex_host_mode* mode) { return of(self).attach(pump, mode); },
      [](void* self) { of(self).detach(); },
      [](void* self) { return of(self).wake(); },
      [](void* /*self*/) {}};

 private:
  static HostAdapter& of(void* self) { return *static_cast<HostAdapter*>(self); }

  silex_status attach(silex_pump* pump, silex_host_mode* mode) {
    pump_ = Pump(pump);
    *mode = host_.is_batch() ? SILEX_HOST_BATCH : SILEX_HOST_INTERACTIVE;
    const auto quit = [](void* data) {
      const Pump held = of(data).pump_;  // the adapter's own goes while it quits
      static_cast<void>(held.quit());
    };
    host_.on_quit(quit, this);
    return SILEX_OK;
  }
  void detach() {
    host_.on_quit(nullptr, nullptr);
    pump_ = {};
  }
  silex_status wake() {
    auto held = std::make_unique<Pump>(pump_);
    const auto drain = [](void* data) {
      const std::unique_ptr<Pump> pump(static_cast<Pump*>(data));
      silex_drain_report report{sizeof report, 0, 0};
      static_cast<void>(pump->drain(report));
    };
    if (!host_.call_soon(drain, held.get())) return SILEX_ERROR_HOST_GONE;
    static_cast<void>(held.release());  // drain() has it
    return SILEX_OK;
  }

  Host& host_;
  Pump pump_;
};

}  // namespace silex::testkit
