// What there is once in a process: the started runtime, the lane's queue, who waits for calls.
#pragma once

#include "lane.hpp"
#include "started.hpp"
#include "waiters.hpp"

#include <atomic>
#include <memory>
#include <vector>

namespace silex::python {

struct Process {
  LaneQueue lane;
  Waiters waiters;
  std::shared_ptr<Started> started;               // with the GIL; nullptr until the first start
  std::vector<std::shared_ptr<Started>> retired;  // with the GIL; may still be in use
};

// The one of this process. A fork's child gets another: threads that are not there may hold locks of the old
// one. [any-thread]
Process& process() noexcept;
void renew_process_after_fork();

// Python is about to end: from now on no thread of the runtime's may ask for the GIL. [any-thread]
extern std::atomic<bool> finalizing;

// The running runtime, shared so that it outlives the caller's use; or nullptr with NotRunning raised.
std::shared_ptr<Started> running();

}  // namespace silex::python
