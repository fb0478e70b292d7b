// What a task awaits: a function on the host's main thread or on a worker, and time.
#pragma once

#include <silex/error.hpp>
#include <silex/task.hpp>

#include <atomic>
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

  // As silex_work has it: one that has passed already is the shortest there is, not none.
  [[nodiscard]] std::uint64_t timeout_ns() const noexcept {
    return timeout.count() < 0 ? 1 : static_cast<std::uint64_t>(timeout.count());
  }
};

// What a running function may look at, if it takes one: `[](silex::StopToken stop) { ... }`.
class StopToken {
 public:
  // For the SDK: a function is given one.
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

  // What whoever waits is to throw; nullptr where there is a value.
  [[nodiscard]] std::exception_ptr failure(const silex_completion& completion) const {
    if (completion.outcome == SILEX_OUTCOME_VALUE) return nullptr;
    if (completion.outcome == SILEX_OUTCOME_EXCEPTION && exception) return exception;
    return make_exception(*completion.error);
  }
  Result take() {
    if constexpr (kHasResult) return std::move(*result);
  }

  Function function;
  std::optional<std::conditional_t<kHasResult, Result, bool>> result;
  std::exception_ptr exception;
};

// Throws what stands for a status that `api` has just returned on this thread.
inline void check(const silex_api& api, silex_status status) {
  if (status != SILEX_OK) std::rethrow_exception(make_exception(*api.last_error()));
}

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

// A task that waits for something with an id; lives in its coroutine. Derived::begin(scope, id) starts that.
template <typename Derived>
class Awaiter {
 public:
  Awaiter() = default;
  Awaiter(const Awaiter&) = delete;
  Awaiter& operator=(const Awaiter&) = delete;

  bool await_ready() noexcept { return false; }

  template <typename Promise>
  bool await_suspend(std::coroutine_handle<Promise> awaiting) {
    TaskScope& scope = *awaiting.promise().scope;
    if (scope.stop_requested()) {
      failure_ = std::make_exception_ptr(Cancelled());
      return false;
    }
    awaiting_ = awaiting;
    silex_id id = 0;
    if (static_cast<Derived*>(this)->begin(scope, id) != SILEX_OK) {
      failure_ = make_exception(*scope.api->last_error());
      return false;
    }
    pending_.wait(scope, id);
    return true;
  }

 protected:
  // What it waited for has ended. `this` may be gone when it returns. [loop-thread]
  void go_on(std::exception_ptr failure) {
    pending_.ended();
    failure_ = std::move(failure);
    awaiting_.resume();
  }
  void check() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::coroutine_handle<> awaiting_;
  std::exception_ptr failure_;
  PendingId pending_;
};

// Takes `work` in: silex_api::defer or silex_api::submit.
using AcceptWork = silex_status (*silex_api::*)(silex_runtime*, const silex_work*, silex_id*);

// Its state lives on the heap, since an abandoned function outlives the coroutine. The awaiter owns it too:
// of two co_awaits in one expression, g++ reads the first one's result after the second one has ended
// (https://gcc.gnu.org/PR97452).
template <typename Function>
class [[nodiscard("work does nothing until it is awaited")]] WorkAwaiter
    : public Awaiter<WorkAwaiter<Function>> {
  struct State : WorkState<Function> {
    using WorkState<Function>::WorkState;
    void drop() noexcept {
      if (owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
    std::atomic<int> owners{1};
    WorkAwaiter* awaiter = nullptr;  // the loop's; gone once it was told
  };

 public:
  template <typename ToRun>
  WorkAwaiter(AcceptWork accept, ToRun && to_run, const WorkOptions& options)
      : accept_(accept), options_(options), state_(new State(std::forward<ToRun>(to_run))) {}
  ~WorkAwaiter() {
    state_->drop();
  }

  silex_status begin(TaskScope & scope, silex_id & id) {
    state_->awaiter = this;
    silex_work work{};
    work.size = sizeof work;
    work.flags = options_.abandon ? static_cast<std::uint32_t>(SILEX_WORK_ABANDON) : 0u;
    work.task = scope.id;
    work.name = options_.name;
    work.timeout_ns = options_.timeout_ns();
    work.data = state_;
    work.run = [](void* data, const silex_scope* running) { return static_cast<State*>(data)->run(running); };
    work.done = [](void* data, const silex_completion* completion) {
      auto& state = *static_cast<State*>(data);
      state.awaiter->go_on(state.failure(*completion));
    };
    work.release = [](void* data) { static_cast<State*>(data)->drop(); };
    state_->owners.store(2, std::memory_order_relaxed);
    const silex_status status = (scope.api->*accept_)(scope.runtime, &work, &id);
    if (status != SILEX_OK) state_->owners.store(1, std::memory_order_relaxed);
    return status;
  }

  WorkResult<Function> await_resume() {
    this->check();
    return state_->take();
  }

 private:
  const AcceptWork accept_;
  const WorkOptions options_;
  State* const state_;
};

class [[nodiscard("a sleep does nothing until it is awaited")]] SleepAwaiter : public Awaiter<SleepAwaiter> {
 public:
  explicit SleepAwaiter(std::chrono::nanoseconds duration) noexcept : duration_(duration) {}

  silex_status begin(TaskScope & scope, silex_id & id) {
    silex_timer timer{};
    timer.size = sizeof timer;
    timer.task = scope.id;
    timer.delay_ns = duration_.count() < 0 ? 0 : static_cast<std::uint64_t>(duration_.count());
    timer.data = this;
    timer.fired = [](void* data, silex_status reason) {
      static_cast<SleepAwaiter*>(data)->go_on(
          reason == SILEX_OK                ? nullptr
          : reason == SILEX_ERROR_CANCELLED ? make_exception(reason, "cancelled")
                                            : make_exception(reason, "the runtime stopped during a sleep"));
    };
    return scope.api->timer_start(scope.runtime, &timer, &id);
  }

  void await_resume() const {
    check();
  }

 private:
  const std::chrono::nanoseconds duration_;
};

}  // namespace detail

}  // namespace silex
