// How Silex reaches the main thread of @Name@. The queue, its order, budgets, time-outs and the shutdown are Silex's.
#pragma once

#include "host.hpp"

#include <silex/adapter.h>
#include <silex/pump.hpp>

// The functions of silex_adapter; see there.
class Adapter {
 public:
  explicit Adapter(const @name@_host& host) : host_(host) {}

  silex_host_mode attach(silex_pump* pump);  // [main-thread]
  void detach();                             // [main-thread]
  // Asks the host for one call of the pump's drain. [any-thread]
  silex_status wake();

 private:
  const @name@_host& host_;
  silex::Pump pump_;
};

// Whether the host holds a callback of ours: then this library must stay in memory. [any-thread]
bool any_callback_left();
