#include "played_pump.hpp"

#include <utility>

namespace silex::validate {

silex_status PlayedPump::drain_pump(silex_pump* pump, silex_drain_report* report) {
  PlayedPump& self = of(pump);
  self.use("drain()");
  if (!self.attached_) {
    ++self.late_drains_;
    return SILEX_ERROR_HOST_GONE;
  }
  if (report && report->size < sizeof *report) ++self.small_reports_;
  if (std::this_thread::get_id() != self.main_) {
    ++self.drains_elsewhere_;
    ++self.drains_;
    return SILEX_ERROR_WRONG_THREAD;
  }
  ++self.drains_;
  if (report && report->size >= sizeof *report) report->calls_run = report->calls_left = 0;
  if (const auto calls = std::exchange(self.on_drain, nullptr)) {
    self.is_draining = true;
    calls();
    self.is_draining = false;
  }
  return self.attached_ ? SILEX_OK : SILEX_ERROR_HOST_GONE;
}

silex_status PlayedPump::quit_pump(silex_pump* pump) {
  PlayedPump& self = of(pump);
  self.use("quit()");
  if (!self.attached_) return SILEX_OK;
  ++self.quits_;
  if (std::this_thread::get_id() != self.main_) {
    ++self.quits_elsewhere_;
    return SILEX_ERROR_WRONG_THREAD;
  }
  if (const auto stop = std::exchange(self.on_quit, nullptr)) stop();
  return SILEX_OK;
}

}  // namespace silex::validate
