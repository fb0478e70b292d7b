// Waker: the one thread that may ask a host for a tick from outside the main thread, for hosts whose "call
// this soon" is a Python function. Whoever wakes never waits for the GIL: only this thread does.
#pragma once

#include "embed/reference.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace silex::python {

class Waker {
 public:
  // What call_soon() raised, as text. With the GIL, on the waker's thread.
  using Failed = std::function<void(const std::string& error)>;

  // `call_soon` is called with the GIL, on the waker's thread, once for any number of wakes that came before
  // it; it may throw std::exception. No thread runs before open(). The table must outlive the waker.
  Waker(const PythonApi& api, std::function<void()> call_soon, Failed failed);
  ~Waker();  // close() or abandon() must have come before
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  // From now on wakes reach the host; those that came before count as one. Starts the thread; throws
  // std::system_error. [main-thread]
  void open();

  // Asks for a call of call_soon(). Coalesced; nothing after close(). [any-thread] Never blocks.
  void wake() noexcept;

  // No call_soon() begins any more. Waits for the thread's end, but not for longer than `bound`, and gives
  // the GIL away meanwhile: the thread may need it in order to end. False where it did not end: the host
  // holds it, and the code must stay (any_waker_left()). Needs the GIL. [main-thread] Twice is once.
  bool close(std::chrono::milliseconds bound) noexcept;

  // The same where Python is gone already, and what was kept of it is forgotten. Needs no GIL. [main-thread]
  void abandon(std::chrono::milliseconds bound) noexcept;

 private:
  struct State;
  static void run(const std::shared_ptr<State>& state);
  [[nodiscard]] bool join(std::chrono::milliseconds bound) noexcept;

  const PythonApi& api_;
  const std::shared_ptr<State> state_;
  bool is_left_ = false;  // its thread, to end by itself
};

// Whether a thread of a waker of this library may still run, whose code must then stay. [any-thread]
bool any_waker_left() noexcept;

}  // namespace silex::python
