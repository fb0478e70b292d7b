// Waiting for the end of a call: on the main thread deferred calls go on meanwhile, elsewhere it just waits.
#include "hooks.hpp"
#include "main_thread.hpp"
#include "process.hpp"
#include "work.hpp"

#include <chrono>

namespace silex::python {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kSignals = std::chrono::milliseconds(50);  // how often Ctrl-C is looked for

thread_local bool is_lane = false;

struct Pumping {
  const std::atomic<bool>* ended = nullptr;  // of a call
  PyObject* predicate = nullptr;             // or this
  bool failed = false;                       // an error is set in this thread
  Clock::time_point look_for_signals = Clock::now() + kSignals;
};

bool ask(Pumping& pumping) {
  if (pumping.ended && pumping.ended->load()) return true;
  const auto now = Clock::now();
  if (!pumping.predicate && now < pumping.look_for_signals) return false;
  const Gil gil;
  process().lane.sweep();
  if (now >= pumping.look_for_signals) {
    pumping.look_for_signals = now + kSignals;
    pumping.failed = guarded(&PyErr_CheckSignals) != 0;
    if (pumping.failed) return true;
  }
  if (!pumping.predicate) return false;
  const Ref answer(call_on(pumping.predicate));
  const int is_true = answer ? guarded([&] { return PyObject_IsTrue(answer.get()); }) : -1;
  pumping.failed = is_true < 0;
  return is_true != 0;
}

silex_status pump(Started& started, Pumping& pumping, std::uint64_t timeout) {
  const WithoutGil others_go_on;
  Waiters& waiters = process().waiters;
  silex_runtime* const outer = waiters.pump(started.runtime());
  const silex_status status = silex_pump_until(
      started.runtime(), [](void* data) { return ask(*static_cast<Pumping*>(data)); }, &pumping, timeout);
  waiters.pump(outer);
  return status;
}

// Without a runtime that could be pumped, or on another thread. False with an error set.
bool wait_without_pump(Call& call, std::uint64_t timeout, bool& in_time) {
  const auto limit =
      timeout == SILEX_NONE ? Clock::time_point::max() : Clock::now() + std::chrono::nanoseconds(timeout);
  const bool sees_signals = is_process_main_thread();
  for (;;) {
    const auto now = Clock::now();
    const auto until = sees_signals ? std::min(limit, now + kSignals) : limit;
    {
      const WithoutGil others_go_on;
      in_time = process().waiters.wait(call.parts->ended, until);
    }
    if (in_time || Clock::now() >= limit) return true;
    if (guarded(&PyErr_CheckSignals) != 0) return false;
  }
}

bool is_main_of(const std::shared_ptr<Started>& started) {
  return started && silex_current_thread(started->runtime()) == SILEX_THREAD_MAIN;
}

}  // namespace

PyObject* enter_lane(PyObject* /*module*/, PyObject* /*nothing*/) {
  is_lane = true;
  return none();
}

bool wait_for(Call& call, PyObject* seconds, bool& in_time) {
  std::uint64_t timeout = SILEX_NONE;
  if (!read_timeout(seconds, SILEX_NONE, timeout)) return false;
  if (is_lane) {
    const std::string message =
        "waiting for '" + call.parts->name + "' here would hold every coroutine, perhaps for ever: await it";
    raise_error(SILEX_ERROR_WOULD_DEADLOCK, message.c_str());
    return false;
  }
  const auto started = process().started;
  if (!is_main_of(started)) return wait_without_pump(call, timeout, in_time);
  Pumping pumping;
  pumping.ended = &call.parts->ended;
  const auto begun = Clock::now();
  const silex_status status = pump(*started, pumping, timeout);
  if (pumping.failed) return false;
  in_time = status == SILEX_OK;
  if (status == SILEX_OK || status == SILEX_ERROR_TIMED_OUT) return true;
  // The runtime stopped meanwhile: who waits is being told.
  if (timeout != SILEX_NONE) {
    const auto spent = static_cast<std::uint64_t>((Clock::now() - begun) / std::chrono::nanoseconds(1));
    timeout -= std::min(timeout, spent);
  }
  return wait_without_pump(call, timeout, in_time);
}

PyObject* wait_here(PyObject* /*module*/, PyObject* arguments) {
  PyObject* object = nullptr;
  PyObject* seconds = nullptr;
  if (!PyArg_ParseTuple(arguments, "O!O", call_type(), &object, &seconds)) return nullptr;
  std::uint64_t timeout = SILEX_NONE;
  if (!read_timeout(seconds, SILEX_NONE, timeout)) return nullptr;
  bool in_time = false;
  if (!wait_without_pump(*reinterpret_cast<Call*>(object), timeout, in_time)) return nullptr;
  return truth(in_time);
}

PyObject* pump_until(PyObject* /*module*/, PyObject* arguments) {
  PyObject* predicate = nullptr;
  PyObject* seconds = nullptr;
  if (!PyArg_ParseTuple(arguments, "OO:pump_until", &predicate, &seconds)) return nullptr;
  std::uint64_t timeout = SILEX_NONE;
  if (!read_timeout(seconds, SILEX_NONE, timeout)) return nullptr;
  const auto started = running();
  if (!started) return nullptr;
  Pumping pumping;
  pumping.predicate = predicate;
  const silex_status status = pump(*started, pumping, timeout);
  if (pumping.failed) return nullptr;
  return status == SILEX_OK ? none() : raise_last_error();
}

}  // namespace silex::python
