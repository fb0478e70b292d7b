// silex::task<T>: a coroutine on the runtime's loop. Straight-line code that never blocks the loop: it reads
// top to bottom, and errors arrive as exceptions at the co_await.
//
// A task is lazy: it starts when it is awaited, or with Runtime::spawn(). All tasks of a runtime run on its
// loop thread, one at a time, so what only tasks touch needs no lock. What a task awaits ends before it does.
#pragma once

#include <silex/task_scope.hpp>

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace silex {

template <typename T = void>
class task;

namespace detail {

struct PromiseBase {
  // Decides who goes on when the coroutine has ended: returns what to resume, on the loop.
  using Finished = std::coroutine_handle<> (*)(PromiseBase& ended) noexcept;

  TaskScope* scope = nullptr;
  Finished finished = nullptr;
  void* owner = nullptr;  // of `finished`
  std::exception_ptr failure;
  // While its starter's resume() is on the stack, the end is seen there. So a loop over tasks that never
  // suspend takes no more stack than one of them, whether the compiler makes tail calls or not.
  bool starting = false;

  void unhandled_exception() noexcept { failure = std::current_exception(); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  auto final_suspend() noexcept {
    struct Awaiter {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> /*ended*/) noexcept {
        return promise.starting ? std::noop_coroutine() : promise.finished(promise);
      }
      void await_resume() noexcept {}
      PromiseBase& promise;
    };
    return Awaiter{*this};
  }

  // Runs a coroutine up to its first suspension. True where it has ended already; `on_finished` is not
  // called then.
  template <typename Handle>
  static bool start(Handle coroutine, TaskScope& in, Finished on_finished, void* owned_by) {
    PromiseBase& promise = coroutine.promise();
    promise.scope = &in;
    promise.finished = on_finished;
    promise.owner = owned_by;
    promise.starting = true;
    coroutine.resume();
    promise.starting = false;
    return coroutine.done();
  }
};

// What it returned, or throws what it threw. Once.
template <typename T>
struct ResultPromise : PromiseBase {
  T take() {
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }
  template <typename Value = T>
  requires std::is_constructible_v<T, Value&&>
  void return_value(Value&& value) { result.emplace(std::forward<Value>(value)); }
  std::optional<T> result;
};

template <>
struct ResultPromise<void> : PromiseBase {
  void take() const {
    if (failure) std::rethrow_exception(failure);
  }
  void return_void() noexcept {}
};

template <typename T>
struct Promise : ResultPromise<T> {
  task<T> get_return_object() noexcept;
};

}  // namespace detail

// Owns its coroutine. Move-only; awaited at most once, as an rvalue.
template <typename T>
class [[nodiscard("a task does nothing until it is awaited")]] task {
 public:
  // For the compiler.
  using promise_type = detail::Promise<T>;
  // What co_await gives.
  using value_type = T;

  task() noexcept = default;
  task(task && other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  task& operator=(task&& other) noexcept {
    std::swap(coroutine_, other.coroutine_);
    return *this;
  }
  ~task() {
    if (coroutine_) coroutine_.destroy();
  }

  // Starts it, and gives its value or throws what it threw.
  auto operator co_await()&& noexcept {
    return Awaiter{coroutine_};
  }

  // For those who start it themselves: its coroutine, still owned.
  [[nodiscard]] std::coroutine_handle<promise_type> coroutine() const noexcept {
    return coroutine_;
  }

 private:
  friend promise_type;
  struct Awaiter {
    bool await_ready() noexcept { return false; }
    template <typename Promise>
    bool await_suspend(std::coroutine_handle<Promise> awaiting) {
      const auto go_on = [](detail::PromiseBase& ended) noexcept {
        return std::coroutine_handle<>::from_address(ended.owner);
      };
      return !detail::PromiseBase::start(child, *awaiting.promise().scope, go_on, awaiting.address());
    }
    T await_resume() { return child.promise().take(); }
    std::coroutine_handle<promise_type> child;
  };
  explicit task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> coroutine_;
};

namespace detail {

template <typename T>
task<T> Promise<T>::get_return_object() noexcept {
  return task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}

// co_await gives what `read` makes of the scope, without suspending.
template <typename Read>
struct ScopeAwaiter {
  bool await_ready() noexcept { return false; }
  template <typename Promise>
  bool await_suspend(std::coroutine_handle<Promise> awaiting) noexcept {
    scope = awaiting.promise().scope;
    return false;
  }
  auto await_resume() { return read(*scope); }
  Read read;
  TaskScope* scope = nullptr;
};

}  // namespace detail

namespace this_task {

// `std::stop_token stop = co_await this_task::stop_token();`: asked to stop when the task is cancelled.
inline auto stop_token() noexcept {
  constexpr auto read = [](detail::TaskScope& scope) { return scope.stop_token(); };
  return detail::ScopeAwaiter<decltype(read)>{read};
}

}  // namespace this_task

}  // namespace silex
