// A check as a coroutine: it reads straight on, while the host's main loop turns in between.
#pragma once

#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace silex::validate {

using Clock = std::chrono::steady_clock;

// What the routine that runs waits for. [main-thread]
class Waiting {
 public:
  static Waiting& now() {
    static Waiting waiting;
    return waiting;
  }
  void begin(std::coroutine_handle<> who, std::function<bool()> until, Clock::time_point deadline) {
    who_ = who;
    until_ = std::move(until);
    deadline_ = deadline;
  }
  // Goes on with it if what it waits for has come, or its time is up.
  void try_to_go_on() {
    if (!who_) return;
    came_ = until_();
    if (!came_ && Clock::now() < deadline_) return;
    std::exchange(who_, nullptr).resume();
  }
  [[nodiscard]] bool came() const noexcept { return came_; }
  void forget() noexcept { who_ = nullptr; }

 private:
  std::coroutine_handle<> who_;
  std::function<bool()> until_;
  Clock::time_point deadline_;
  bool came_ = false;
};

// co_await until(condition, bound): lets the host's main loop turn. Whether the condition came to hold.
class until {
 public:
  until(std::function<bool()> condition, std::chrono::milliseconds bound)
      : condition_(std::move(condition)), bound_(bound) {}
  [[nodiscard]] bool await_ready() const noexcept { return false; }  // one turn at least
  void await_suspend(std::coroutine_handle<> who) {
    Waiting::now().begin(who, std::move(condition_), Clock::now() + bound_);
  }
  bool await_resume() const noexcept { return Waiting::now().came(); }

 private:
  std::function<bool()> condition_;
  std::chrono::milliseconds bound_;
};

// A routine with a result; begins when it is awaited, or with start().
class [[nodiscard]] Routine {
 public:
  struct promise_type {
    Routine get_return_object() { return Routine(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct GoOn {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) noexcept {
          const auto awaiting = ended.promise().caller;
          return awaiting ? awaiting : std::noop_coroutine();
        }
        void await_resume() noexcept {}
      };
      return GoOn{};
    }
    void unhandled_exception() { thrown = std::current_exception(); }
    void return_void() noexcept {}

    std::coroutine_handle<> caller;
    std::exception_ptr thrown;
  };

  Routine(Routine&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Routine& operator=(Routine&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Routine() {
    if (handle_) handle_.destroy();
  }

  void start() { handle_.resume(); }
  [[nodiscard]] bool has_ended() const { return handle_.done(); }
  void rethrow() const {
    if (handle_.promise().thrown) std::rethrow_exception(handle_.promise().thrown);
  }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
    handle_.promise().caller = caller;
    return handle_;
  }
  void await_resume() const { rethrow(); }

 private:
  explicit Routine(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

}  // namespace silex::validate
