#include "platform/thread.hpp"

#include "platform/own_thread.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

#if defined(_WIN32)
#include <windows.h>
#else
#include <pthread.h>
#include <sched.h>
#endif

namespace silex::platform {

namespace {

std::atomic<std::uint32_t> forks{0};

}  // namespace

struct Thread::State {
  std::mutex mutex;
  std::condition_variable changed;
  bool ended = false;
  std::uint32_t forks = fork_generation();
};

Thread::Thread(const std::string& name, std::function<void()> function)
    : state_(std::make_shared<State>()),
      thread_(std::make_unique<std::thread>(
          start_thread(name, [state = state_, function = std::move(function)]() mutable {
            function();
            function = nullptr;  // what it owns goes before anybody is told that it ended
            const std::lock_guard lock(state->mutex);
            state->ended = true;
            state->changed.notify_all();
          }))) {}

Thread::~Thread() {
  leave();
}

bool Thread::join_for(std::chrono::nanoseconds bound) {
  if (!thread_) return true;
  {
    std::unique_lock lock(state_->mutex);
    if (!state_->changed.wait_for(lock, bound, [&] { return state_->ended; })) return false;
  }
  if (thread_->joinable()) thread_->join();
  return true;
}

void Thread::leave() {
  if (!thread_) return;
  if (state_->forks != fork_generation()) {
    // The thread stayed in the parent: neither join() nor detach() means anything here.
    static_cast<void>(thread_.release());
  } else if (thread_->joinable()) {
    thread_->detach();
  }
}

void yield() noexcept {
#if defined(_WIN32)
  SwitchToThread();
#else
  sched_yield();
#endif
}

std::uint32_t fork_generation() noexcept {
  return forks.load(std::memory_order_relaxed);
}

void watch_for_forks() {
#if !defined(_WIN32)
  static std::once_flag once;
  std::call_once(
      once, [] { pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); }); });
#endif
}

}  // namespace silex::platform
