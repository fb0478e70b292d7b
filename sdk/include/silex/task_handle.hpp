// TaskHandle<T>: a spawned task, as those outside it see it: wait for it, await it, cancel it.
#pragma once

#include <silex/error.hpp>
#include <silex/task.hpp>
#include <silex/work.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace silex {

class Context;

namespace detail {

// A coroutine that awaits the end of a spawned task; lives in that coroutine.
struct EndWaiter {
  std::coroutine_handle<> awaiting;
};

// One spawned task: what runs it, and what became of it. Shared by the loop and by handles.
template <typename T>
class SpawnedTask : public std::enable_shared_from_this<SpawnedTask<T>> {
 public:
  SpawnedTask(const silex_api* api, silex_runtime* runtime, std::string name)
      : name_(std::move(name)), scope_(api, runtime, 0) {}

  // Opens the task and has `make` called on the loop. [any-thread] Throws what the runtime refuses with.
  void start(std::function<task<T>()> make) {
    make_ = std::move(make);
    silex_task opened{sizeof(silex_task), name_.c_str(), this,
                      [](void* data) { static_cast<SpawnedTask*>(data)->scope_.request_stop(); }};
    check(scope_.api->task_open(scope_.runtime, &opened, &scope_.id));
    running_ = this->shared_from_this();
    const silex_status posted = scope_.api->post(
        scope_.runtime, scope_.id, [](void* data) { static_cast<SpawnedTask*>(data)->begin(); }, this);
    if (posted == SILEX_OK) return;
    const std::exception_ptr refused = make_exception(*scope_.api->last_error());
    scope_.api->task_close(scope_.runtime, scope_.id);
    running_.reset();
    std::rethrow_exception(refused);
  }

  // [any-thread]
  void cancel() noexcept { scope_.api->task_cancel(scope_.runtime, scope_.id); }
  [[nodiscard]] bool has_ended() const noexcept { return ended_.load(std::memory_order_acquire); }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  // Blocks, but for the main thread, which goes on running deferred calls meanwhile. [any-thread but
  // loop-thread]
  bool wait(std::chrono::nanoseconds timeout) {
    switch (scope_.api->current_thread(scope_.runtime)) {
      case SILEX_THREAD_LOOP:
        if (has_ended()) return true;
        throw Error(
            SILEX_ERROR_WOULD_DEADLOCK,
            "waiting for task '" + name_ + "' on the loop, where it runs, would never end: co_await it");
      case SILEX_THREAD_MAIN: {
        const std::uint64_t limit =
            timeout == std::chrono::nanoseconds::max()
                ? SILEX_NONE
                : static_cast<std::uint64_t>(std::max<std::int64_t>(timeout.count(), 0));
        const silex_status status = scope_.api->pump_until(
            scope_.runtime, [](void* data) { return static_cast<SpawnedTask*>(data)->has_ended(); }, this,
            limit);
        if (status != SILEX_OK && status != SILEX_ERROR_TIMED_OUT && !has_ended()) check(status);
        return has_ended();
      }
      default:
        break;
    }
    // In a fork there is nobody to end it, and perhaps nobody to give the lock back.
    const silex_status reached = has_ended() ? SILEX_OK : scope_.api->pump_notify(scope_.runtime);
    if (reached == SILEX_ERROR_FORKED) check(reached);
    std::unique_lock lock(mutex_);
    const auto ended = [this] { return has_ended(); };
    if (timeout != std::chrono::nanoseconds::max()) return changed_.wait_for(lock, timeout, ended);
    changed_.wait(lock, ended);
    return true;
  }

  // After it ended: what it returned, or throws what it threw. A second time, the value is what a move left.
  T take() {
    observed_.store(true, std::memory_order_relaxed);
    if (failure_) std::rethrow_exception(failure_);
    return task_.coroutine().promise().take();
  }

  // [loop-thread]
  void add(EndWaiter& waiter) { waiters_.push_back(&waiter); }
  void remove(EndWaiter& waiter) { waiters_.remove(&waiter); }

  // Counts handles: an exception that nobody can see any more goes to the log.
  void add_handle() noexcept { handles_.fetch_add(1, std::memory_order_relaxed); }
  void drop_handle() noexcept {
    if (handles_.fetch_sub(1, std::memory_order_acq_rel) == 1 && has_ended()) report_unobserved();
  }

 private:
  void check(silex_status status) const { detail::check(*scope_.api, status); }

  // [loop-thread]
  void begin() {
    if (scope_.stop_requested()) {
      failure_ = std::make_exception_ptr(Cancelled());
      end();
      return;
    }
    try {
      task_ = make_();
    } catch (...) {
      failure_ = std::current_exception();
      end();
      return;
    }
    const auto finished = [](PromiseBase& ended) noexcept -> std::coroutine_handle<> {
      static_cast<SpawnedTask*>(ended.owner)->end();
      return std::noop_coroutine();
    };
    if (PromiseBase::start(task_.coroutine(), scope_, finished, this)) end();
  }

  // [loop-thread]
  void end() noexcept {
    if (!failure_) failure_ = task_.coroutine().promise().failure;
    const auto keep = std::move(running_);
    scope_.api->task_close(scope_.runtime, scope_.id);
    {
      const std::lock_guard lock(mutex_);
      ended_.store(true, std::memory_order_release);
    }
    changed_.notify_all();
    scope_.api->pump_notify(scope_.runtime);
    if (handles_.load(std::memory_order_acquire) == 0) report_unobserved();
    // One by one: who goes on may cancel who comes next.
    while (!waiters_.empty()) {
      EndWaiter* const waiter = waiters_.front();
      waiters_.pop_front();
      waiter->awaiting.resume();
    }
  }

  void report_unobserved() noexcept {
    if (!failure_ || observed_.exchange(true)) return;
    try {
      std::rethrow_exception(failure_);
    } catch (const Cancelled&) {  // somebody's wish, not an accident
    } catch (const HostGone&) {
    } catch (const std::exception& error) {
      log("task '" + name_ + "' failed: " + error.what());
    } catch (...) {
      log("task '" + name_ + "' failed with something that is not a std::exception");
    }
  }
  void log(const std::string& line) noexcept {
    scope_.api->log(scope_.runtime, SILEX_LOG_ERROR, line.c_str());
  }

  const std::string name_;
  TaskScope scope_;
  std::function<task<T>()> make_;  // holds what the coroutine refers to
  task<T> task_;
  std::exception_ptr failure_;
  std::list<EndWaiter*> waiters_;  // the loop's
  std::shared_ptr<SpawnedTask> running_;
  std::atomic<int> handles_{0};
  std::atomic<bool> observed_{false};
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace detail

// Dropping a handle does not end its task. An exception of a task whose handles are all gone, and which
// nobody asked for its result, goes to the runtime's log under the task's name. Use it while the runtime
// lives.
template <typename T = void>
class TaskHandle {
  using Spawned = detail::SpawnedTask<T>;

 public:
  TaskHandle() noexcept = default;
  // For the SDK: spawn() gives one.
  explicit TaskHandle(std::shared_ptr<Spawned> spawned) noexcept : spawned_(std::move(spawned)) {
    if (spawned_) spawned_->add_handle();
  }
  TaskHandle(const TaskHandle& other) noexcept : TaskHandle(other.spawned_) {}
  TaskHandle(TaskHandle&& other) noexcept : spawned_(std::move(other.spawned_)) {}
  TaskHandle& operator=(TaskHandle other) noexcept {
    std::swap(spawned_, other.spawned_);
    return *this;
  }
  ~TaskHandle() {
    if (spawned_) spawned_->drop_handle();
  }

  // Waits for the end and returns the result, or throws what the task threw; once. On the host's main thread
  // deferred calls go on meanwhile; on the loop it throws SILEX_ERROR_WOULD_DEADLOCK. [any-thread but
  // loop-thread]
  T get() {
    spawned_->wait(std::chrono::nanoseconds::max());
    return spawned_->take();
  }
  // Whether it ended within the time. As get().
  bool wait_for(std::chrono::nanoseconds timeout) { return spawned_->wait(timeout); }
  [[nodiscard]] bool has_ended() const noexcept { return spawned_->has_ended(); }  // [any-thread]
  // Asks it to end: what it awaits throws Cancelled. [any-thread] Never blocks.
  void cancel() noexcept { spawned_->cancel(); }
  // As spawn() was given it.
  [[nodiscard]] const std::string& name() const noexcept { return spawned_->name(); }

  // The result, in a task. Cancelling the task that waits does not cancel the one waited for.
  auto operator co_await() const noexcept { return Awaiter(spawned_); }

 private:
  struct Awaiter : detail::Pending {
    explicit Awaiter(std::shared_ptr<Spawned> awaited) noexcept : spawned(std::move(awaited)) {}
    bool await_ready() const noexcept { return spawned->has_ended(); }
    template <typename Promise>
    bool await_suspend(std::coroutine_handle<Promise> awaiting) {
      scope = awaiting.promise().scope;
      if (scope->stop_requested()) return false;
      waiter.awaiting = awaiting;
      spawned->add(waiter);
      cancel = [](Pending& self) noexcept { static_cast<Awaiter&>(self).leave(); };
      scope->add(*this);
      return true;
    }
    T await_resume() {
      if (scope) scope->remove(*this);
      if (!spawned->has_ended()) throw Cancelled();
      return spawned->take();
    }
    // Goes on at the loop's next turn: in the middle of a cancellation is no place to run a coroutine.
    void leave() noexcept {
      if (spawned->has_ended()) return;  // which has woken this task, or is about to
      spawned->remove(waiter);
      const auto go_on = [](void* data) { std::coroutine_handle<>::from_address(data).resume(); };
      void* const awaiting = waiter.awaiting.address();
      // A stopping runtime takes no more posts: then there is no later turn.
      if (scope->api->post(scope->runtime, scope->id, go_on, awaiting) != SILEX_OK) go_on(awaiting);
    }

    std::shared_ptr<Spawned> spawned;
    detail::TaskScope* scope = nullptr;
    detail::EndWaiter waiter{};
  };

  std::shared_ptr<Spawned> spawned_;
};

}  // namespace silex
