// Host: a main loop that the test turns by hand.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace silex::testkit {

// The main thread is the one that turns it. What an adapter needs of a host is the first half; a test of an
// adapter lets the functions that the adapter looks for in its process do the same here.
class Host {
 public:
  // What a host is asked to call.
  using Function = void (*)(void* data);

  // Takes a function, to be called once with `data` by a later turn. False once it quits: then it is not
  // called. [any-thread]
  bool call_soon(Function function, void* data) {
    const std::lock_guard lock(mutex_);
    if (quits_) return false;
    taken_.push_back({function, data});
    return true;
  }
  // A host without a loop: nothing that it takes is to be waited for.
  [[nodiscard]] bool is_batch() const { return batch_; }
  // Has the function called when the host quits; nullptr: none any more. [main-thread]
  void on_quit(Function function, void* data) { on_quit_ = {function, data}; }

  // Calls what waited longest. False where nothing waits. May be called from inside such a function, as by
  // the loop of a modal dialog. [main-thread]
  bool run_one() {
    Taken next{};
    {
      const std::lock_guard lock(mutex_);
      if (taken_.empty()) return false;
      next = taken_.front();
      taken_.pop_front();
    }
    next.function(next.data);
    return true;
  }
  // One turn of the loop: calls what waits now, and not what is taken meanwhile. [main-thread]
  std::size_t turn() {
    const std::size_t waiting = pending();
    std::size_t ran = 0;
    while (ran < waiting && run_one()) ++ran;
    return ran;
  }
  // How many wait. [any-thread]
  [[nodiscard]] std::size_t pending() const {
    const std::lock_guard lock(mutex_);
    return taken_.size();
  }
  // Tells who asked for it, and takes nothing any more. What it took before still waits for a turn.
  // [main-thread]
  void quit() {
    {
      const std::lock_guard lock(mutex_);
      quits_ = true;
    }
    const Taken told = std::exchange(on_quit_, {});
    if (told.function) told.function(told.data);
  }
  // As at its beginning, after all that waits was called. For a host that is the process's own, between two
  // tests. [main-thread]
  void reset(bool batch = false) {
    while (run_one()) {
    }
    const std::lock_guard lock(mutex_);
    quits_ = false;
    batch_ = batch;
    on_quit_ = {};
  }

 private:
  struct Taken {
    Function function;
    void* data;
  };

  mutable std::mutex mutex_;
  std::deque<Taken> taken_;
  bool quits_ = false;
  bool batch_ = false;
  Taken on_quit_{};
};

}  // namespace silex::testkit
