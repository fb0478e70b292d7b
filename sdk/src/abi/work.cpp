// silex/work.h, silex/drain.h, silex/loop.h
#include "abi/report.hpp"
#include "abi/runtime_handle.hpp"

#include <silex/drain.h>
#include <silex/loop.h>
#include <silex/work.h>

#include <cstddef>

using silex::Core;
using silex::Status;
using silex::abi::copy_struct;
using silex::abi::guard;
using silex::abi::missing_argument;

namespace {

// Calls function(core) behind one of the gates, or says why not.
template <typename Function>
silex_status inside(silex_runtime* runtime, silex::Gate& (silex_runtime::*gate)() noexcept,
                    Function&& function) {
  return guard([&]() -> Status {
    if (!runtime) return missing_argument("the runtime");
    if (runtime->is_forked()) return runtime->refusal();
    const silex::GatePass pass((runtime->*gate)());
    return pass ? function(runtime->core()) : runtime->refusal();
  });
}

// The same for functions that run code of others: they hold the core, and no gate.
template <typename Function>
silex_status holding(silex_runtime* runtime, Function&& function) {
  return guard([&]() -> Status {
    if (!runtime) return missing_argument("the runtime");
    if (runtime->is_forked()) return runtime->refusal();
    const auto core = runtime->hold_core();
    return core ? function(*core) : runtime->refusal();
  });
}

bool copy_work(const silex_work* from, silex_work& to) {
  return copy_struct(from, sizeof(silex_work), to) && to.run;
}

}  // namespace

silex_status silex_defer(silex_runtime* runtime, const silex_work* work, silex_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) {
    silex_work known;
    return copy_work(work, known) ? core.defer(known, id) : missing_argument("silex_work");
  });
}

silex_status silex_submit(silex_runtime* runtime, const silex_work* work, silex_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) {
    silex_work known;
    return copy_work(work, known) ? core.submit(known, id) : missing_argument("silex_work");
  });
}

silex_status silex_call_and_wait(silex_runtime* runtime, const silex_work* work) {
  return holding(runtime, [&](Core& core) {
    silex_work known;
    if (!copy_work(work, known)) return missing_argument("silex_work");
    return runtime->is_running() ? core.call_and_wait(known) : runtime->refusal();
  });
}

silex_status silex_cancel(silex_runtime* runtime, silex_id id) {
  return inside(runtime, &silex_runtime::reachable, [&](Core& core) { return core.cancel(id); });
}

silex_status silex_drain(silex_runtime* runtime, silex_drain_report* report) {
  return holding(runtime, [&](Core& core) -> Status {
    silex_drain_report done{sizeof(silex_drain_report), 0, 0};
    Status status = core.drain(done);
    if (report && report->size >= sizeof *report) {
      done.size = report->size;
      *report = done;
    }
    return status;
  });
}

silex_status silex_pump_until(silex_runtime* runtime, bool (*until)(void* data), void* data,
                              uint64_t timeout_ns) {
  return holding(runtime, [&](Core& core) { return core.pump_until(until, data, timeout_ns); });
}

silex_status silex_pump_notify(silex_runtime* runtime) {
  return inside(runtime, &silex_runtime::reachable, [](Core& core) -> Status {
    core.notify_pump();
    return {};
  });
}

silex_status silex_post(silex_runtime* runtime, silex_task_id task, void (*function)(void* data),
                        void* data) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) -> Status {
    if (!function) return missing_argument("the function to post");
    core.loop().post(task, function, data);
    return {};
  });
}

silex_status silex_timer_start(silex_runtime* runtime, const silex_timer* timer, silex_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) -> Status {
    silex_timer known;
    if (!copy_struct(timer, sizeof(silex_timer), known) || !known.fired)
      return missing_argument("silex_timer");
    const silex_id started = core.loop().start_timer(known);
    if (id) *id = started;
    return {};
  });
}

silex_status silex_task_open(silex_runtime* runtime, const silex_task* task, silex_task_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) -> Status {
    silex_task known;
    if (!copy_struct(task, sizeof(silex_task), known) || !known.name || !id)
      return missing_argument("silex_task");
    *id = core.tasks().open(known);
    return {};
  });
}

silex_status silex_task_close(silex_runtime* runtime, silex_task_id id) {
  return inside(runtime, &silex_runtime::reachable, [&](Core& core) { return core.task_close(id); });
}

silex_status silex_task_cancel(silex_runtime* runtime, silex_task_id id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) { return core.task_cancel(id); });
}
