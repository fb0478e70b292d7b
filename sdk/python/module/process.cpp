#include "process.hpp"

#include "hooks.hpp"

namespace silex::python {

namespace {

// Never freed: threads of the runtime may be left behind when the process ends.
std::atomic<Process*> current{new Process};

}  // namespace

std::atomic<bool> finalizing{false};

Process& process() noexcept {
  return *current.load(std::memory_order_acquire);
}

void renew_process_after_fork() {
  current.store(new Process, std::memory_order_release);
}

std::shared_ptr<Started> running() {
  auto started = process().started;
  if (started) return started;
  raise_error(SILEX_ERROR_NOT_RUNNING, "silex is not running: call silex.start() first");
  return nullptr;
}

}  // namespace silex::python
