// Calls: deferred calls by the thousand, and the outcome that each was told.
#pragma once

#include <silex/silex.hpp>

#include <array>
#include <atomic>

namespace probe {

// What a call does on the main thread; NULL: nothing. Takes the GIL itself, as callbacks of ctypes do.
// Returns 0 where it failed. It is told how many calls ran before it.
using Function = int (*)(int index);

// A Function that returns with a Python error set.
int leave_python_error(int index);

class Calls {
 public:
  // Defers so many calls. [any-thread] Throws where the runtime refuses one.
  void defer(silex::Context context, Function function, int count);

  // Since it was made. [any-thread]
  [[nodiscard]] int deferred() const { return deferred_; }
  [[nodiscard]] int ran() const { return ran_; }
  [[nodiscard]] int outcome(silex_outcome outcome) const { return outcomes_[outcome]; }
  [[nodiscard]] int told() const;  // of any outcome
  [[nodiscard]] int released() const { return released_; }

 private:
  struct Call;

  std::atomic<int> deferred_{0};
  std::atomic<int> ran_{0};
  std::atomic<int> released_{0};
  std::array<std::atomic<int>, 5> outcomes_{};
};

}  // namespace probe
