// The modules of Python's own library that adapters use: `threading` and `atexit`.
#pragma once

#include "fake_python.hpp"

#include <vector>

namespace silex::python {

// Every thread is the main thread, until told otherwise.
class FakeThreading {
 public:
  explicit FakeThreading(FakePython& python);

  // Whoever asks from now on is told that it is another thread.
  void leave_main_thread();

 private:
  FakePython& python_;
  Object* module_;
};

class FakeAtexit {
 public:
  explicit FakeAtexit(FakePython& python);

  // Runs what was registered, last one first, and forgets it. With the GIL.
  void run();
  [[nodiscard]] bool has_functions() const { return !functions_.empty(); }
  Object* module() { return module_; }

 private:
  Object* add(Object* function);
  Object* drop(Object* function);

  FakePython& python_;
  Object* module_;
  std::vector<Object*> functions_;
};

}  // namespace silex::python
