#include "runtime/work_item.hpp"

#include "runtime/event_loop.hpp"
#include "runtime/work_store.hpp"

#include <exception>
#include <string>
#include <utility>

namespace silex {

namespace {

// What run() is given: the C view first, so that a pointer to it is a pointer to this.
struct RunScope {
  silex_scope view;
  const WorkItem* item;
  Status* failure;

  static const RunScope& of(const silex_scope* scope) { return *reinterpret_cast<const RunScope*>(scope); }
};

bool scope_stop_requested(const silex_scope* scope) {
  const WorkItem* item = RunScope::of(scope).item;
  return item && item->stop_requested();
}

void scope_fail(const silex_scope* scope, const char* message, const char* detail) {
  *RunScope::of(scope).failure =
      Status(SILEX_ERROR_EXCEPTION, message ? message : "no reason given", detail ? detail : "");
}

std::string name_of(const silex_work& work) {
  return work.name ? work.name : "unnamed";
}

}  // namespace

silex_status status_of(silex_outcome outcome) noexcept {
  switch (outcome) {
    case SILEX_OUTCOME_VALUE:
      return SILEX_OK;
    case SILEX_OUTCOME_EXCEPTION:
      return SILEX_ERROR_EXCEPTION;
    case SILEX_OUTCOME_CANCELLED:
      return SILEX_ERROR_CANCELLED;
    case SILEX_OUTCOME_TIMED_OUT:
      return SILEX_ERROR_TIMED_OUT;
    case SILEX_OUTCOME_HOST_GONE:
      return SILEX_ERROR_HOST_GONE;
  }
  return SILEX_ERROR_INVALID_ARGUMENT;
}

Status run_guarded(const silex_work& work, const WorkItem* item, Status& failure) noexcept {
  const RunScope scope{{sizeof(silex_scope), &scope_stop_requested, &scope_fail}, item, &failure};
  // The ABI forbids exceptions here, but one that got out would end the host.
  try {
    const silex_status status = work.run(work.data, &scope.view);
    if (status == SILEX_OK) return {};
    if (status == SILEX_ERROR_CANCELLED) {
      return {status, "'" + name_of(work) + "' gave up because it was asked to"};
    }
    if (!failure.ok()) return std::move(failure);
    return {SILEX_ERROR_EXCEPTION, "'" + name_of(work) + "' returned status " + std::to_string(status)};
  } catch (const std::exception& error) {
    return {SILEX_ERROR_EXCEPTION, error.what()};
  } catch (...) {
    return {SILEX_ERROR_EXCEPTION, "'" + name_of(work) + "' threw something that is not a std::exception"};
  }
}

bool WorkItem::begin() noexcept {
  auto expected = State::queued;
  return state_.compare_exchange_strong(expected, State::running, std::memory_order_acq_rel);
}

Status WorkItem::run_it() noexcept {
  return run_guarded(work, this, failure_);
}

void WorkItem::finish(Status result) noexcept {
  auto expected = State::running;
  if (!state_.compare_exchange_strong(expected, State::ended, std::memory_order_acq_rel)) {
    drop();  // abandoned
    return;
  }
  const silex_outcome asked = stop_reason_.load(std::memory_order_acquire);
  if (asked == SILEX_OUTCOME_TIMED_OUT) {
    outcome_ = SILEX_OUTCOME_TIMED_OUT;
    error_ = {SILEX_ERROR_TIMED_OUT, "'" + name_of(work) + "' ended after its timeout had passed"};
  } else if (result.ok()) {
    outcome_ = SILEX_OUTCOME_VALUE;
  } else if (result.code() == SILEX_ERROR_CANCELLED && asked == SILEX_OUTCOME_HOST_GONE) {
    outcome_ = SILEX_OUTCOME_HOST_GONE;
    error_ = {SILEX_ERROR_HOST_GONE, "'" + name_of(work) + "' gave up because the runtime stopped"};
  } else {
    outcome_ = result.code() == SILEX_ERROR_CANCELLED ? SILEX_OUTCOME_CANCELLED : SILEX_OUTCOME_EXCEPTION;
    error_ = std::move(result);
  }
  // The runner's side first: once the end is told, the item may be given back.
  holders_.fetch_sub(1, std::memory_order_acq_rel);
  tell_end();
}

bool WorkItem::end(From state, silex_outcome outcome, Status error) noexcept {
  auto expected = state == From::queued ? State::queued : State::running;
  if (!state_.compare_exchange_strong(expected, State::ended, std::memory_order_acq_rel)) return false;
  outcome_ = outcome;
  error_ = std::move(error);
  tell_end();
  return true;
}

bool WorkItem::discard() noexcept {
  auto expected = State::queued;
  const bool untold = state_.compare_exchange_strong(expected, State::ended, std::memory_order_acq_rel);
  if (untold) {
    store->not_accepted(*this);
    work.release = nullptr;  // the caller's
    drop();
  }
  drop();
  return untold;
}

void WorkItem::request_stop(silex_outcome reason) noexcept {
  auto none = SILEX_OUTCOME_VALUE;
  stop_reason_.compare_exchange_strong(none, reason, std::memory_order_acq_rel);
}

bool WorkItem::retain() noexcept {
  auto holders = holders_.load(std::memory_order_relaxed);
  while (holders != 0) {
    const auto more = static_cast<std::uint8_t>(holders + 1);
    if (holders_.compare_exchange_weak(holders, more, std::memory_order_acq_rel)) return true;
  }
  return false;
}

void WorkItem::drop() noexcept {
  if (holders_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (work.release) work.release(work.data);
  store->give_back(this);
}

void WorkItem::tell_end() noexcept {
  store->count(kind, outcome_);
  if (Waiter* const blocked = waiter) {
    const std::lock_guard lock(blocked->mutex);
    blocked->ended = true;
    blocked->changed.notify_all();  // under the lock: afterwards the waiter may be gone
  } else {
    loop->push(this);
  }
}

void WorkItem::tell(LoopItem* self) {
  auto* item = static_cast<WorkItem*>(self);
  item->store->count_told();
  if (item->timeout_timer != 0) item->loop->forget_timer(item->timeout_timer);
  if (item->work.done) {
    const silex_error error = item->error_.view();
    const silex_completion completion{sizeof(silex_completion), item->outcome_,
                                      item->error_.ok() ? nullptr : &error};
    item->work.done(item->work.data, &completion);
  }
  item->drop();
}

}  // namespace silex
