#include "adapter.hpp"

#include <atomic>
#include <memory>

namespace {

std::atomic<int> callbacks{0};

// What the host holds has a pump of its own: after detach() it does nothing.
void drain(void* data) {
  const std::unique_ptr<silex::Pump> pump(static_cast<silex::Pump*>(data));
  silex_drain_report report{sizeof report, 0, 0};
  pump->drain(report);
  callbacks.fetch_sub(1);
}

void quit(void* data) {
  const silex::Pump pump = *static_cast<silex::Pump*>(data);  // the adapter's own goes while it quits
  pump.quit();
}

}  // namespace

silex_host_mode Adapter::attach(silex_pump* pump) {
  pump_ = silex::Pump(pump);
  host_.on_quit(&quit, &pump_);
  return host_.is_batch() ? SILEX_HOST_BATCH : SILEX_HOST_INTERACTIVE;
}

void Adapter::detach() {
  host_.on_quit(nullptr, nullptr);
  pump_ = {};
}

silex_status Adapter::wake() {
  auto held = std::make_unique<silex::Pump>(pump_);
  callbacks.fetch_add(1);
  if (host_.call_soon(&drain, held.get())) {
    static_cast<void>(held.release());  // drain() has it
    return SILEX_OK;
  }
  callbacks.fetch_sub(1);
  return SILEX_ERROR_HOST_GONE;
}

bool any_callback_left() {
  return callbacks.load() > 0;
}
