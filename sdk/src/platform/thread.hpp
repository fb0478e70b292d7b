// Threads as this SDK needs them: named, joined with a bound, yielding, and aware of fork().
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace silex::platform {

// What two threads write at a time should be this far apart.
inline constexpr std::size_t kCacheLine = 64;

// A thread that can be waited for with a bound. One that is destroyed while it runs is left: see leave(). In
// a forked child it is only forgotten.
class Thread {
 public:
  Thread() = default;
  // `name` is what debuggers and `top` show; at most 15 characters are.
  Thread(const std::string& name, std::function<void()> function);
  Thread(Thread&&) = default;
  Thread& operator=(Thread&&) = default;
  ~Thread();

  // Whether the function has returned; then the thread is joined. A thread never started counts as ended.
  bool join_for(std::chrono::nanoseconds bound);
  // Leaves it to end by itself, and the system to take back what it had then: what its function holds must
  // own all that it touches. Nothing where it is joined.
  void leave();

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::unique_ptr<std::thread> thread_;
};

// Begins to load what is at `address` (nullptr: nothing) into this core's cache.
inline void prefetch(const void* address) noexcept {
#if defined(__GNUC__)
  const auto* const bytes = static_cast<const char*>(address);
  for (std::size_t line = 0; line < 4; ++line) __builtin_prefetch(bytes + line * kCacheLine, 1);
#else
  static_cast<void>(address);
#endif
}

// Tells the processor that this is a loop that waits for another one.
inline void pause() noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) && defined(__GNUC__)
  asm volatile("yield");
#endif
}

// Gives way to another thread that is ready to run, if there is one.
void yield() noexcept;

// Counts the forks between the first process and this one: what it was when a thread was started tells
// whether that thread exists here.
[[nodiscard]] std::uint32_t fork_generation() noexcept;

// Makes fork_generation() work. Idempotent.
void watch_for_forks();

}  // namespace silex::platform
