// Context: what a task can do. A small value; pass it by copy. Valid while its runtime lives.
//
// The functions that main_thread() and worker() run may capture by reference: the task stays where it is
// until they have returned, cancelled or not (but see WorkOptions::abandon, and Runtime::stop() from inside a
// call).
#pragma once

#include <silex/api.h>
#include <silex/task_handle.hpp>
#include <silex/work.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace silex {

namespace detail {

template <typename Task>
struct TaskResult;
template <typename T>
struct TaskResult<task<T>> {
  using type = T;
};

}  // namespace detail

// What a task can do.
class Context {
 public:
  // Both must outlive it; Runtime::context() gives one.
  Context(const silex_api* api, silex_runtime* runtime) noexcept : api_(api), runtime_(runtime) {}

  // `auto name = co_await ctx.main_thread([] { return scene_name(); });` runs the function on the host's main
  // thread, in order of arrival, and gives its value or throws what it threw; or Cancelled, TimedOut,
  // HostGone. The function may take a StopToken. In a task only.
  template <typename Function>
  [[nodiscard]] auto main_thread(Function&& function, const WorkOptions& options = {}) const {
    return run(&silex_api::defer, std::forward<Function>(function), options);
  }

  // The same on a thread of the pool, for what blocks. Throws Error with SILEX_ERROR_QUEUE_FULL where too
  // much waits already. In a task only.
  template <typename Function>
  [[nodiscard]] auto worker(Function&& function, const WorkOptions& options = {}) const {
    return run(&silex_api::submit, std::forward<Function>(function), options);
  }

  // Lets other tasks run for at least that long. Throws Cancelled or HostGone. In a task only.
  [[nodiscard]] detail::SleepAwaiter sleep(std::chrono::nanoseconds duration) const noexcept {
    return detail::SleepAwaiter(duration);
  }

  // Starts a task of its own, which `function(ctx)` makes on the loop; `name` is what warnings call it. The
  // function lives as long as its task. [any-thread] Never blocks. Throws HostGone where the runtime does not
  // run.
  template <typename Function>
  auto spawn(std::string name, Function function) const {
    using Task = std::invoke_result_t<Function&, Context>;
    using Result = typename detail::TaskResult<Task>::type;
    auto spawned = std::make_shared<detail::SpawnedTask<Result>>(api_, runtime_, std::move(name));
    TaskHandle<Result> handle(spawned);
    auto kept = std::make_shared<Function>(std::move(function));  // std::function copies what it holds
    spawned->start([kept, context = *this]() -> Task { return (*kept)(context); });
    return handle;
  }

  // Runs the function on the host's main thread and waits for it: for threads of your own and for workers. On
  // the main thread it runs at once. Throws as main_thread(), and Error with SILEX_ERROR_WOULD_DEADLOCK on
  // the loop. [any-thread but loop-thread] Blocks.
  template <typename Function>
  auto call_and_wait(Function function, const WorkOptions& options = {}) const {
    using State = detail::WorkState<Function>;
    // Shared: a function that stops the runtime is still on the main thread's stack when this thread is told.
    const auto state = std::make_shared<State>(std::move(function));
    silex_work work{};
    work.size = sizeof work;
    work.name = options.name;
    work.timeout_ns = options.timeout_ns();
    if (options.abandon) work.flags |= SILEX_WORK_ABANDON;
    work.data = new std::shared_ptr<State>(state);
    work.run = [](void* data, const silex_scope* scope) {
      return (*static_cast<std::shared_ptr<State>*>(data))->run(scope);
    };
    work.release = [](void* data) { delete static_cast<std::shared_ptr<State>*>(data); };
    const silex_status status = api_->call_and_wait(runtime_, &work);
    if (status == SILEX_ERROR_EXCEPTION && state->exception) std::rethrow_exception(state->exception);
    detail::check(*api_, status);
    return state->take();
  }

  // One line in the runtime's log. [any-thread]
  void log(silex_log_level level, const std::string& message) const {
    api_->log(runtime_, level, message.c_str());
  }

  // Which of the runtime's threads this is. [any-thread] Never blocks.
  [[nodiscard]] silex_thread current_thread() const noexcept { return api_->current_thread(runtime_); }
  // For the C ABI.
  [[nodiscard]] const silex_api* api() const noexcept { return api_; }
  // For the C ABI.
  [[nodiscard]] silex_runtime* handle() const noexcept { return runtime_; }

 private:
  template <typename Function>
  static auto run(detail::AcceptWork accept, Function&& function, const WorkOptions& options) {
    static_assert(detail::kSurvivesAwait<Function>,
                  "this g++ miscompiles a lambda with such captures inside a co_await: capture by reference, "
                  "or name the function first: auto f = [...] {...}; co_await ctx.worker(f);");
    return detail::WorkAwaiter<std::decay_t<Function>>(accept, std::forward<Function>(function), options);
  }

  const silex_api* api_;
  silex_runtime* runtime_;
};

}  // namespace silex
