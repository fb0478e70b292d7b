// What a task awaits: a function on the host's main thread or on a worker, and time.
#pragma once

#include <silex/error.hpp>
#include <silex/task.hpp>

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace silex {

// How a function is to be run.
struct WorkOptions {
  const char* name = nullptr;           // for warnings; must outlive the work; default: the task's
  std::chrono::nanoseconds timeout{0};  // until it has ended; 0: none
  // When cancelled or timed out while the function runs, go on at once instead of when it has returned. It
  // must then own all that it touches: nothing of the awaiting task captured by reference.
  bool abandon = false;
};

// What a running function may look at, if it takes one: `[](silex::StopToken stop) { ... }`.
class StopToken {
 public:
  explicit StopToken(const silex_scope* scope) noexcept : scope_(scope) {}
  // The result is not wanted any more: leave the scene consistent and throw Cancelled. [any-thread]
  [[nodiscard]] bool stop_requested() const noexcept { return scope_->stop_requested(scope_); }

 private:
  const silex_scope* scope_;
};

namespace detail {

// g++ before 13 copies the captures of a lambda that stands inside a co_await byte by byte into the
// coroutine, and a std::string captured by value is freed where it never was (https://gcc.gnu.org/PR99576). A
// named function is not touched, nor are captures that may be copied so.
template <typename Function>
inline constexpr bool kSurvivesAwait =
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
    std::is_lvalue_reference_v<Function> || std::is_trivially_copyable_v<std::remove_reference_t<Function>>;
#else
    true;
#endif

template <typename Function>
decltype(auto) call_with_stop(Function& function, const silex_scope* scope) {
  if constexpr (std::is_invocable_v<Function&, StopToken>) {
    return function(StopToken(scope));
  } else {
    return function();
  }
}

template <typename Function>
using WorkResult = std::remove_cvref_t<decltype(call_with_stop(std::declval<Function&>(),
                                                               std::declval<const silex_scope*>()))>;

// The function and what came of it. Never throws: that is the other side's.
template <typename Function>
struct WorkState {
  using Result = WorkResult<Function>;
  static constexpr bool kHasResult = !std::is_void_v<Result>;

  template <typename ToRun>
  explicit WorkState(ToRun&& to_run) : function(std::forward<ToRun>(to_run)) {}

  silex_status run(const silex_scope* scope) noexcept {
    try {
      if constexpr (kHasResult) {
        result.emplace(call_with_stop(function, scope));
      } else {
        call_with_stop(function, scope);
      }
      return SILEX_OK;
    } catch (const Cancelled&) {
      return SILEX_ERROR_CANCELLED;
    } catch (...) {
      exception = std::current_exception();
    }
    // The same in words, for metrics and for whoever awaits it without C++.
    try {
      std::rethrow_exception(exception);
    } catch (const Error& error) {
      scope->fail(scope, error.what(), error.detail().c_str());
    } catch (const std::exception& error) {
      scope->fail(scope, error.what(), nullptr);
    } catch (...) {
      scope->fail(scope, "something that is not a std::exception was thrown", nullptr);
    }
    return SILEX_ERROR_EXCEPTION;
  }

  Result take() {
    if constexpr (kHasResult) return std::move(*result);
  }

  Function function;
  std::optional<std::conditional_t<kHasResult, Result, bool>> result;
  std::exception_ptr exception;
};

// Something with an id that a task waits for.
struct PendingId : Pending {
  void wait(TaskScope& in, silex_id waited_for) noexcept {
    scope = &in;
    id = waited_for;
    cancel = [](Pending& self) noexcept {
      const auto& pending = static_cast<PendingId&>(self);
      pending.scope->api->cancel(pending.scope->runtime, pending.id);  // the end comes as it always does
    };
    in.add(*this);
  }
  void ended() noexcept { scope->remove(*this); }

  TaskScope* scope = nullptr;
  silex_id id = 0;
};

// Takes `work` in: silex_api::defer or silex_api::submit.
using AcceptWork = silex_status (*silex_api::*)(silex_runtime*, const silex_work*, silex_id*);

// Lives in the awaiting coroutine. Its state lives on the heap, since an abandoned function outlives that.
template <typename Function>
class [[nodiscard("work does nothing until it is awaited")]] WorkAwaiter {
  struct State : WorkState<Function> {
    using WorkState<Function>::WorkState;
    WorkAwaiter* awaiter = nullptr;  // the loop's; gone once it was told
  };

 public:
  template <typename ToRun>
  WorkAwaiter(AcceptWork accept, ToRun&& to_run, const WorkOptions& options)
      : accept_(accept), options_(options), state_(new State(std::forward<ToRun>(to_run))) {}
  WorkAwaiter(const WorkAwaiter&) = delete;
  WorkAwaiter& operator=(const WorkAwaiter&) = delete;
  ~WorkAwaiter() {
    if (!accepted_) delete state_;
  }

  bool await_ready() noexcept {
    return false;
  }

  template <typename Promise>
  bool await_suspend(std::coroutine_handle<Promise> awaiting) {
    TaskScope& scope = *awaiting.promise().scope;
    if (scope.stop_requested()) {
      failure_ = std::make_exception_ptr(Cancelled());
      return false;
    }
    awaiting_ = awaiting;
    state_->awaiter = this;
    silex_work work{};
    work.size = sizeof work;
    work.flags = options_.abandon ? static_cast<std::uint32_t>(SILEX_WORK_ABANDON) : 0u;
    work.task = scope.id;
    work.name = options_.name;
    // A timeout that has passed already is the shortest one, not none.
    work.timeout_ns = options_.timeout.count() < 0 ? 1 : static_cast<std::uint64_t>(options_.timeout.count());
    work.data = state_;
    work.run = [](void* data, const silex_scope* running) { return static_cast<State*>(data)->run(running); };
    work.done = [](void* data, const silex_completion* completion) {
      static_cast<State*>(data)->awaiter->done(*completion);
    };
    work.release = [](void* data) { delete static_cast<State*>(data); };
    silex_id id = 0;
    if ((scope.api->*accept_)(scope.runtime, &work, &id) != SILEX_OK) {
      failure_ = make_exception(*scope.api->last_error());
      return false;
    }
    accepted_ = true;
    pending_.wait(scope, id);
    return true;
  }

  WorkResult<Function> await_resume() {
    if (failure_) std::rethrow_exception(failure_);
    return state_->take();
  }

 private:
  // [loop-thread] The state lives until this has returned, and the coroutine has gone on by then.
  void done(const silex_completion& completion) {
    pending_.ended();
    if (completion.outcome != SILEX_OUTCOME_VALUE) {
      failure_ = completion.outcome == SILEX_OUTCOME_EXCEPTION && state_->exception
                     ? state_->exception
                     : make_exception(*completion.error);
    }
    awaiting_.resume();
  }

  const AcceptWork accept_;
  const WorkOptions options_;
  State* state_;
  bool accepted_ = false;
  std::coroutine_handle<> awaiting_;
  std::exception_ptr failure_;
  PendingId pending_;
};

class [[nodiscard("a sleep does nothing until it is awaited")]] SleepAwaiter {
 public:
  explicit SleepAwaiter(std::chrono::nanoseconds duration) noexcept : duration_(duration) {}
  SleepAwaiter(const SleepAwaiter&) = delete;
  SleepAwaiter& operator=(const SleepAwaiter&) = delete;

  bool await_ready() noexcept {
    return false;
  }

  template <typename Promise>
  bool await_suspend(std::coroutine_handle<Promise> awaiting) {
    TaskScope& scope = *awaiting.promise().scope;
    if (scope.stop_requested()) {
      reason_ = SILEX_ERROR_CANCELLED;
      return false;
    }
    awaiting_ = awaiting;
    silex_timer timer{};
    timer.size = sizeof timer;
    timer.task = scope.id;
    timer.delay_ns = duration_.count() < 0 ? 0 : static_cast<std::uint64_t>(duration_.count());
    timer.data = this;
    timer.fired = [](void* data, silex_status reason) { static_cast<SleepAwaiter*>(data)->fired(reason); };
    silex_id id = 0;
    reason_ = scope.api->timer_start(scope.runtime, &timer, &id);
    if (reason_ != SILEX_OK) return false;
    pending_.wait(scope, id);
    return true;
  }

  void await_resume() const {
    if (reason_ == SILEX_OK) return;
    std::rethrow_exception(make_exception(
        reason_, reason_ == SILEX_ERROR_CANCELLED ? "cancelled" : "the runtime stopped during a sleep"));
  }

 private:
  void fired(silex_status reason) {
    pending_.ended();
    reason_ = reason;
    awaiting_.resume();
  }

  const std::chrono::nanoseconds duration_;
  silex_status reason_ = SILEX_OK;
  std::coroutine_handle<> awaiting_;
  PendingId pending_;
};

}  // namespace detail

}  // namespace silex
