// The host's main loop, on the process's main thread. It has the GIL only while it runs Python.
#pragma once

#include "ending.hpp"
#include "watchdog.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

struct _object;  // PyObject

namespace host {

class MainLoop {
 public:
  explicit MainLoop(Watchdog& watchdog) : watchdog_(watchdog) {}

  // Runs the scenario, a generator, step by step until it ends or the host quits: with the GIL, which is
  // given away between turns. False where it raised. [main-thread]
  bool run(_object* scenario);

  // What one turn of the host's loop does; borrowed. Without one, a turn does nothing.
  void set_turn(_object* function) { turn_ = function; }

  // Turns of the loop until `condition` (a callable) is true, from inside a turn: a modal dialog. With the
  // GIL. 1 if it came to hold within the time, 0 if it did not, -1 where something raised. [main-thread]
  int nested(_object* condition, double seconds);

  // There is something to do: a waiting loop makes its next turn at once. [any-thread]
  void post();

  // Ends after the turn that is running, in that way.
  void quit(Ending ending) {
    ending_ = ending;
    quitting_ = true;
  }
  [[nodiscard]] Ending ending() const { return ending_; }
  [[nodiscard]] bool is_quitting() const { return quitting_; }
  [[nodiscard]] unsigned long turns() const { return turns_; }

 private:
  bool step(_object* what);
  bool turn();
  void wait_for_work();

  Watchdog& watchdog_;
  _object* turn_ = nullptr;
  std::mutex mutex_;
  std::condition_variable posted_;
  bool has_work_ = false;
  bool quitting_ = false;
  Ending ending_ = Ending::finalize;
  unsigned long turns_ = 0;
  unsigned long steps_ = 0;
};

}  // namespace host
