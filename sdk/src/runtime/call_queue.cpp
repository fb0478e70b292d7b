#include "runtime/call_queue.hpp"

#include "platform/thread.hpp"

#include <algorithm>
#include <utility>

namespace silex {

namespace {

// How often a pump asks its condition where nobody tells it to.
constexpr Duration kPumpInterval = std::chrono::milliseconds(50);

void increase(std::atomic<std::uint64_t>& counter) noexcept {
  counter.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

bool CallQueue::push(WorkItem* call) {
  if (calls_.push(call) != WorkList::Pushed::yes) return false;
  // Either the main thread sees the call, or we see that it will not look: both are written before the other
  // is read, in one order for all threads.
  if (!main_will_look_.load(std::memory_order_seq_cst)) request_wake();
  return true;
}

void CallQueue::request_wake() {
  if (wake_outstanding_.load(std::memory_order_relaxed)) return;
  if (wake_outstanding_.exchange(true, std::memory_order_seq_cst)) return;
  if (closed_.load(std::memory_order_relaxed)) return;
  const Wake wake = wake_();
  if (wake == Wake::nobody_to_ask) return;
  increase(counts_.wakes);
  if (wake == Wake::asked) return;
  increase(counts_.wakes_failed);
  wake_outstanding_.store(false, std::memory_order_seq_cst);  // the next call, or the watchdog, tries again
}

void CallQueue::wake_again() {
  wake_outstanding_.store(false, std::memory_order_seq_cst);
  if (size() > 0) request_wake();
}

bool CallQueue::drain(silex_drain_report& report) {
  if (closed_.load(std::memory_order_relaxed)) return false;
  increase(counts_.drains);
  // Before the first look: a call that comes after that look asks for a wake of its own.
  wake_outstanding_.store(false, std::memory_order_seq_cst);
  draining_.fetch_add(1, std::memory_order_relaxed);
  main_will_look_.store(true, std::memory_order_seq_cst);

  TimePoint now = clock_.now();
  looked(now);
  const TimePoint end = now + settings_.budget;
  TimePoint linger_until = now;  // not before the first call
  while (WorkItem* const call = next(linger_until, now)) {
    if (now >= call->deadline) {
      call->end(WorkItem::From::queued, SILEX_OUTCOME_TIMED_OUT,
                {SILEX_ERROR_TIMED_OUT, "the timeout passed before the host's main thread came to the call"});
    }
    if (call->begin()) {
      now = run(call, now);
      ++report.calls_run;
      linger_until = std::min(now + settings_.linger, end);
    } else {
      call->drop();
    }
    if (now >= end || closed_.load(std::memory_order_relaxed)) break;
  }

  main_will_look_.store(false, std::memory_order_seq_cst);
  const std::size_t left = calls_.put_back(batch_);
  batch_size_.store(0, std::memory_order_relaxed);
  draining_.fetch_sub(1, std::memory_order_relaxed);
  looked(clock_.now());
  report.calls_left =
      static_cast<std::uint32_t>(std::min<std::size_t>(left, std::numeric_limits<std::uint32_t>::max()));
  if (closed_.load(std::memory_order_relaxed)) return false;
  if (left > 0) {
    if (now >= end) increase(counts_.drains_over_budget);
    request_wake();
  }
  return true;
}

// The next call, which may take until `linger_until` to come, or nullptr. Keeps `now` up to date.
WorkItem* CallQueue::next(TimePoint linger_until, TimePoint& now) {
  for (;;) {
    if (WorkItem* const call = batch_.pop_front()) {
      batch_size_.store(batch_.size(), std::memory_order_relaxed);
      platform::prefetch(batch_.front());  // it was written by another core, and is needed next
      return call;
    }
    if (calls_.size() > 0) {
      calls_.take_all(batch_);
      continue;
    }
    now = clock_.now();
    if (closed_.load(std::memory_order_relaxed) || now >= linger_until) return nullptr;
    platform::yield();
  }
}

TimePoint CallQueue::run(WorkItem* call, TimePoint now) {
  // The call may run a nested loop of the host, a modal dialog say, which drains only if it is woken. Where a
  // wake is outstanding, that is seen to, and the cache line stays with the threads that push.
  if (!wake_outstanding_.load(std::memory_order_relaxed)) {
    main_will_look_.store(false, std::memory_order_seq_cst);
    if (!batch_.empty() || calls_.size() > 0) request_wake();
  }

  call->interrupted = std::exchange(running_, call);
  wait_times_.add(now - call->accepted);
  Status result;
  TimePoint end;
  Duration nested;
  {
    Occupancy::Scope scope(occupancy_, call->task, call->work.name, now);
    result = call->run_it();
    end = clock_.now();
    nested = scope.end(end);
  }
  run_times_.add(end - now);
  busy_times_.add(call->task, end - now - nested);
  if (end - now >= settings_.slow_call) on_slow_call_(*call, end - now);
  running_ = call->interrupted;
  looked(end);
  // Before the end is told: whoever defers the next call of a chain need not wake the host for it.
  if (!main_will_look_.load(std::memory_order_relaxed))
    main_will_look_.store(true, std::memory_order_seq_cst);
  call->finish(std::move(result));
  return end;
}

silex_status CallQueue::pump_until(bool (*until)(void*), void* data, std::uint64_t timeout_ns) {
  const TimePoint begin = clock_.now();
  const auto limit = static_cast<std::uint64_t>(Duration::max().count() / 4);
  const TimePoint end = begin + Duration(std::min(timeout_ns, limit));
  pumps_.fetch_add(1, std::memory_order_relaxed);
  silex_status status = SILEX_OK;
  for (;;) {
    const std::uint64_t notifications = calls_.notifications();
    silex_drain_report report{sizeof(silex_drain_report), 0, 0};
    if (!drain(report)) {
      status = SILEX_ERROR_HOST_GONE;
      break;
    }
    if (until && until(data)) break;
    const TimePoint now = clock_.now();
    if (now >= end) {
      status = SILEX_ERROR_TIMED_OUT;
      break;
    }
    if (report.calls_left == 0) calls_.wait_for_change(notifications, std::min(kPumpInterval, end - now));
  }
  pumps_.fetch_sub(1, std::memory_order_relaxed);
  return status;
}

void CallQueue::close(silex_outcome outcome, const Status& why) {
  closed_.store(true, std::memory_order_seq_cst);
  calls_.put_back(batch_);
  batch_size_.store(0, std::memory_order_relaxed);
  calls_.close(outcome, why);
  for (WorkItem* call = running_; call; call = call->interrupted) {
    call->request_stop(outcome);
    call->end(WorkItem::From::running, outcome, why);
  }
}

}  // namespace silex
