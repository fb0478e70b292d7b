// How functions of the C ABI get at the run that is under way.
#pragma once

#include "abi/report.hpp"
#include "abi/runtime_handle.hpp"

namespace silex::abi {

// Calls function(core) behind one of the gates, or says why not.
template <typename Function>
silex_status inside(silex_runtime* runtime, silex::Gate& (silex_runtime::*gate)() noexcept,
                    Function&& function) {
  return guard([&]() -> Status {
    if (!runtime) return null_runtime();
    if (runtime->is_forked()) return runtime->refusal();
    const silex::GatePass pass((runtime->*gate)());
    return pass ? function(runtime->core()) : runtime->refusal();
  });
}

// The same for functions that run code of others: they hold the core, and no gate.
template <typename Function>
silex_status holding(silex_runtime* runtime, Function&& function) {
  return guard([&]() -> Status {
    if (!runtime) return null_runtime();
    if (runtime->is_forked()) return runtime->refusal();
    const auto core = runtime->hold_core();
    return core ? function(*core) : runtime->refusal();
  });
}

}  // namespace silex::abi
