// Pump: a counted reference to a silex_pump, for adapters in C++.
#pragma once

#include <silex/adapter.h>

#include <string>
#include <utility>

namespace silex {

// [any-thread] but where it says otherwise.
class Pump {
 public:
  Pump() noexcept = default;
  // Holds a reference of its own.
  explicit Pump(silex_pump* pump) noexcept : pump_(pump) {
    if (pump_) pump_->retain(pump_);
  }
  Pump(const Pump& other) noexcept : Pump(other.pump_) {}
  Pump(Pump&& other) noexcept : pump_(std::exchange(other.pump_, nullptr)) {}
  Pump& operator=(Pump other) noexcept {
    std::swap(pump_, other.pump_);
    return *this;
  }
  ~Pump() {
    if (pump_) pump_->release(pump_);
  }

  // Whether it holds one.
  explicit operator bool() const noexcept { return pump_ != nullptr; }
  // Those of silex_pump. On an empty one they do nothing, as on a detached one. `report` is filled in.
  silex_status drain(silex_drain_report& report) const {  // [main-thread]
    return pump_ ? pump_->drain(pump_, &report) : SILEX_ERROR_HOST_GONE;
  }
  // The host is quitting: stops the runtime. [main-thread]
  silex_status quit() const { return pump_ ? pump_->quit(pump_) : SILEX_OK; }
  // Writes to the runtime's log.
  void log(silex_log_level level, const std::string& message) const {
    if (pump_) pump_->log(pump_, level, message.c_str());
  }

 private:
  silex_pump* pump_ = nullptr;
};

}  // namespace silex
