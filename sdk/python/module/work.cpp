#include "work.hpp"

#include "hooks.hpp"
#include "main_thread.hpp"
#include "process.hpp"

#include <chrono>
#include <cmath>
#include <memory>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace silex::python {

namespace {

// The innermost function that this thread runs.
thread_local const silex_scope* scope_here = nullptr;

// Tells the runtime why, for whoever is not Python: the last line, and the traceback.
void tell_failure(const silex_scope& scope, PyObject* exception) {
  const Ref type_name(PyObject_GetAttrString(reinterpret_cast<PyObject*>(Py_TYPE(exception)), "__name__"));
  const std::string sentence = (type_name ? text_of(type_name.get()) : "?") + ": " + text_of(exception);
  const Ref traceback(call_on(hooks.traceback, exception));
  PyErr_Clear();
  scope.fail(&scope, sentence.c_str(), traceback ? text_of(traceback.get()).c_str() : "");
}

// What remains to be done when the GIL is given up.
struct Ended {
  silex_status status = SILEX_OK;
  bool is_told = false;  // the call has ended
  bool tell_lane = false;
};

// With a timeout the runtime has the last word on the outcome; without one it is what the function says, and
// whoever waits need not wait for the loop.
Ended keep_value(Call& call, PyObject* value) {
  Call::Parts& parts = *call.parts;
  if (parts.has_timeout) {
    const Ref old(std::exchange(parts.value, value));
    return {};
  }
  if (claim(call)) return {SILEX_OK, true, set_value(call, value)};
  drop(value);
  return {};
}

Ended keep_exception(Call& call, const silex_scope& scope) {
  Ref exception = take_exception();
  tell_failure(scope, exception.get());
  Call::Parts& parts = *call.parts;
  // Only the runtime's two references are left: whoever deferred it does not want to know.
  if (!parts.seen && Py_REFCNT(as_object(&call)) <= 2) {
    parts.seen = true;
    raise(exception.get());
    report_error(("'" + parts.name + "' raised, and nobody asked for its result").c_str());
  }
  if (parts.has_timeout) {
    const Ref old(std::exchange(parts.exception, exception.release()));
  } else if (claim(call)) {
    return {SILEX_ERROR_EXCEPTION, true, set_exception(call, exception.release())};
  }
  return {SILEX_ERROR_EXCEPTION, false, false};
}

Ended run_function(Call& call, const silex_scope& scope) {
  const Gil gil;
  process().lane.sweep();
  call.parts->started.store(true, std::memory_order_relaxed);
  Ref function(std::exchange(call.parts->function, nullptr));
  Ref arguments(std::exchange(call.parts->arguments, nullptr));
  if (!function) return {SILEX_ERROR_CANCELLED, false, false};
  const silex_scope* const outer = std::exchange(scope_here, &scope);
  PyObject* const value = guarded([&] { return PyObject_Call(function.get(), arguments.get(), nullptr); });
  scope_here = outer;
  const Ended ended = value ? keep_value(call, value) : keep_exception(call, scope);
  // What goes here may have a __del__() that raises: Python reports that by itself, and returns.
  function = Ref();
  arguments = Ref();
  return ended;
}

silex_status run(void* data, const silex_scope* scope) {
  Call& call = *static_cast<Call*>(data);
  if (finalizing.load() || Py_IsInitialized() == 0) return SILEX_ERROR_CANCELLED;
  const Ended ended = run_function(call, *scope);
  if (ended.is_told) wake_waiters(call, ended.tell_lane);
  return ended.status;
}

const char* describe(silex_outcome outcome) {
  switch (outcome) {
    case SILEX_OUTCOME_CANCELLED:
      return "was cancelled";
    case SILEX_OUTCOME_TIMED_OUT:
      return "did not end before its timeout";
    case SILEX_OUTCOME_HOST_GONE:
      return "was not run: the host is gone";
    default:
      return "failed";
  }
}

silex_status status_of(silex_outcome outcome) {
  switch (outcome) {
    case SILEX_OUTCOME_CANCELLED:
      return SILEX_ERROR_CANCELLED;
    case SILEX_OUTCOME_TIMED_OUT:
      return SILEX_ERROR_TIMED_OUT;
    case SILEX_OUTCOME_HOST_GONE:
      return SILEX_ERROR_HOST_GONE;
    default:
      return SILEX_ERROR_EXCEPTION;
  }
}

// [loop-thread] Never takes the GIL.
void done(void* data, const silex_completion* completion) {
  Call& call = *static_cast<Call*>(data);
  if (!claim(call)) return;
  if (completion->outcome == SILEX_OUTCOME_VALUE) return end_without_gil(call, nullptr);
  auto failure = std::make_unique<Failure>();
  failure->status = status_of(completion->outcome);
  if (failure->status == SILEX_ERROR_EXCEPTION && call.parts->exception) failure->status = SILEX_OK;
  failure->message = completion->error ? completion->error->message : describe(completion->outcome);
  failure->detail = completion->error ? completion->error->detail : "";
  if (failure->status == SILEX_OK) failure.reset();
  end_without_gil(call, std::move(failure));
}

// [any-thread]
void release(void* data) {
  drop_references_later(*static_cast<Call*>(data));
}

std::string name_of(PyObject* function) {
  const Ref name(guarded([&] { return PyObject_GetAttrString(function, "__qualname__"); }));
  if (name) return text_of(name.get());
  PyErr_Clear();
  return text_of(function);
}

silex_work work_of(Call& call, std::uint64_t timeout, silex_task_id task) {
  silex_work work{};
  work.size = sizeof work;
  work.task = task;
  work.name = call.parts->name.c_str();
  work.timeout_ns = timeout;
  work.data = &call;
  work.run = &run;
  work.done = &done;
  work.release = &release;
  return work;
}

using Queue = silex_status (*)(silex_runtime*, const silex_work*, silex_id*);

PyObject* queue(Queue to, PyObject* parsed) {
  PyObject* function = nullptr;
  PyObject* arguments = nullptr;
  PyObject* seconds = nullptr;
  unsigned long long task = 0;
  if (!PyArg_ParseTuple(parsed, "OO!OK", &function, &PyTuple_Type, &arguments, &seconds, &task))
    return nullptr;
  if (PyCallable_Check(function) == 0) {
    PyErr_Format(PyExc_TypeError, "%R can't be called: pass a function and its arguments", function);
    return nullptr;
  }
  std::uint64_t timeout = 0;
  if (!read_timeout(seconds, 0, timeout)) return nullptr;
  const auto started = running();
  if (!started) return nullptr;
  process().lane.sweep();
  Ref owned(as_object(new_call(name_of(function), function, arguments)));
  if (!owned) return nullptr;
  Call& call = *reinterpret_cast<Call*>(owned.get());
  call.parts->has_timeout = timeout != 0;
  const silex_work work = work_of(call, timeout, task);
  add_references(call);
  silex_id id = 0;
  if (to(started->runtime(), &work, &id) != SILEX_OK) {
    remove_references(call);
    return raise_last_error();
  }
  call.parts->work.store(id, std::memory_order_relaxed);
  return owned.release();
}

}  // namespace

bool is_process_main_thread() noexcept {
#if defined(__linux__)
  return ::syscall(SYS_gettid) == ::getpid();
#else
  return true;
#endif
}

bool is_inside_a_call() noexcept {
  return scope_here != nullptr;
}

bool read_timeout(PyObject* seconds, std::uint64_t none, std::uint64_t& nanoseconds) {
  nanoseconds = none;
  if (seconds == Py_None) return true;
  const double value = PyFloat_AsDouble(seconds);
  if (PyErr_Occurred()) return false;
  if (std::isnan(value) || value < 0) {
    PyErr_Format(PyExc_ValueError, "the timeout is %R: pass seconds, 0 or more, or None", seconds);
    return false;
  }
  constexpr double kLongest = 1e9;  // 31 years
  nanoseconds = static_cast<std::uint64_t>(std::min(value, kLongest) * 1e9);
  if (nanoseconds == 0) nanoseconds = none == 0 ? 1 : 0;
  return true;
}

PyObject* defer(PyObject* /*module*/, PyObject* arguments) {
  return queue(&silex_defer, arguments);
}

PyObject* submit(PyObject* /*module*/, PyObject* arguments) {
  return queue(&silex_submit, arguments);
}

PyObject* call_and_wait(PyObject* /*module*/, PyObject* parsed) {
  PyObject* function = nullptr;
  PyObject* arguments = nullptr;
  PyObject* seconds = nullptr;
  if (!PyArg_ParseTuple(parsed, "OO!O", &function, &PyTuple_Type, &arguments, &seconds)) return nullptr;
  std::uint64_t timeout = 0;
  if (!read_timeout(seconds, 0, timeout)) return nullptr;
  const auto started = running();
  if (!started) return nullptr;
  const Ref owned(as_object(new_call(name_of(function), function, arguments)));
  if (!owned) return nullptr;
  Call& call = *reinterpret_cast<Call*>(owned.get());
  call.parts->has_timeout = true;  // the value is kept, and read here
  call.parts->seen = true;
  silex_work work = work_of(call, timeout, 0);
  work.done = nullptr;
  add_references(call);
  Failure failure;
  {
    const WithoutGil others_go_on;
    failure.status = silex_call_and_wait(started->runtime(), &work);
    if (failure.status != SILEX_OK) {
      failure.message = silex_last_error()->message;
      failure.detail = silex_last_error()->detail;
    }
  }
  process().lane.sweep();
  if (failure.status == SILEX_ERROR_INVALID_ARGUMENT) remove_references(call);  // release() did not come
  if (failure.status == SILEX_OK) return new_reference(call.parts->value);
  if (failure.status == SILEX_ERROR_EXCEPTION && call.parts->exception) {
    raise(call.parts->exception);
    return nullptr;
  }
  return raise_error(failure.status, failure.message.c_str(), failure.detail.c_str());
}

PyObject* stop_requested(PyObject* /*module*/, PyObject* /*nothing*/) {
  return truth(scope_here && scope_here->stop_requested(scope_here));
}

PyObject* cancel_call(Call& call) {
  Call::Parts& parts = *call.parts;
  if (parts.ended.load()) return truth(false);
  if (parts.canceller) {
    const Ref canceller = Ref::borrowed(parts.canceller);
    const Ref done(call_on(canceller.get()));
    return done ? truth(true) : nullptr;
  }
  if (parts.cancel) return truth(parts.cancel());
  const auto& started = process().started;
  const silex_id work = parts.work.load(std::memory_order_relaxed);
  return truth(started && work != 0 && silex_cancel(started->runtime(), work) == SILEX_OK);
}

}  // namespace silex::python
