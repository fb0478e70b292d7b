// silex/work.h, silex/drain.h, silex/loop.h
#include "abi/gates.hpp"
#include "runtime/ids.hpp"

#include <silex/drain.h>
#include <silex/loop.h>
#include <silex/work.h>

#include <cstddef>

using silex::Core;
using silex::Status;
using silex::abi::copy_struct;
using silex::abi::guard;
using silex::abi::holding;
using silex::abi::inside;
using silex::abi::null_argument;
using silex::abi::null_runtime;
using silex::abi::small_struct;
using silex::abi::unknown_flags;

namespace {

Status copy_work(const silex_work* from, silex_work& to) {
  Status copied = copy_struct("silex_work", from, sizeof(silex_work), to);
  if (!copied.ok()) return copied;
  if (!to.run) return null_argument("silex_work.run", "it is what is to be done");
  if ((to.flags & ~std::uint32_t{SILEX_WORK_ABANDON}) != 0) return unknown_flags("silex_work", to.flags);
  return {};
}

}  // namespace

silex_status silex_defer(silex_runtime* runtime, const silex_work* work, silex_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) {
    silex_work known{};
    Status copied = copy_work(work, known);
    return copied.ok() ? core.defer(known, id) : copied;
  });
}

silex_status silex_submit(silex_runtime* runtime, const silex_work* work, silex_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) {
    silex_work known{};
    Status copied = copy_work(work, known);
    return copied.ok() ? core.submit(known, id) : copied;
  });
}

silex_status silex_call_and_wait(silex_runtime* runtime, const silex_work* work) {
  silex_work known{};
  const silex_status valid = guard([&] { return runtime ? copy_work(work, known) : null_runtime(); });
  if (valid != SILEX_OK) return valid;
  bool handed_over = false;
  const silex_status status = holding(runtime, [&](Core& core) -> Status {
    if (!runtime->is_running()) return runtime->refusal();
    handed_over = true;
    return core.call_and_wait(known);
  });
  // The caller need not tell a host that was gone before from one that went meanwhile.
  if (!handed_over && known.release) known.release(known.data);
  return status;
}

silex_status silex_cancel(silex_runtime* runtime, silex_id id) {
  return inside(runtime, &silex_runtime::reachable, [&](Core& core) {
    return silex::is_foreign(id) ? runtime->connections().cancel(id) : core.cancel(id);
  });
}

silex_status silex_drain(silex_runtime* runtime, silex_drain_report* report) {
  return holding(runtime, [&](Core& core) -> Status {
    if (report && report->size < sizeof *report) {
      return small_struct("silex_drain_report", report->size, sizeof *report);
    }
    silex_drain_report done{sizeof(silex_drain_report), 0, 0};
    Status status = core.drain(done);
    if (report) {
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
  const auto post = [&](Core& core) -> Status {
    if (!function) return null_argument("the function to post", "pass what the loop is to call");
    core.loop().post(task, function, data);
    return {};
  };
  const silex_status status = inside(runtime, &silex_runtime::accepting, post);
  if (status != SILEX_ERROR_HOST_GONE || task == 0) return status;
  // No new work while the runtime stops. But the loop waits for tasks that are open, and one whose work is on
  // another thread could not come to its end.
  return inside(runtime, &silex_runtime::reachable,
                [&](Core& core) { return core.tasks().is_open(task) ? post(core) : runtime->refusal(); });
}

silex_status silex_timer_start(silex_runtime* runtime, const silex_timer* timer, silex_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) -> Status {
    silex_timer known{};
    Status copied = copy_struct("silex_timer", timer, sizeof(silex_timer), known);
    if (!copied.ok()) return copied;
    if (!known.fired) return null_argument("silex_timer.fired", "it is what is called when the time comes");
    const silex_id started = core.loop().start_timer(known);
    if (id) *id = started;
    return {};
  });
}

silex_status silex_task_open(silex_runtime* runtime, const silex_task* task, silex_task_id* id) {
  return inside(runtime, &silex_runtime::accepting, [&](Core& core) -> Status {
    silex_task known{};
    Status copied = copy_struct("silex_task", task, sizeof(silex_task), known);
    if (!copied.ok()) return copied;
    if (!known.name) return null_argument("silex_task.name", "it is how warnings speak of the task");
    if (!id) return null_argument("the place for the task's id", "without it the task can't be closed");
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
