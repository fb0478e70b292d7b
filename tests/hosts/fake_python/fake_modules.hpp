// The modules of Python's own library that adapters use: `threading`, `atexit` and `builtins`.
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
  // As from Python 3.9 on: there is a hook that runs before threads are waited for.
  void offer_exit_hook();
  // Runs what was handed to that hook, and keeps it. With the GIL.
  void shut_down();

 private:
  FakePython& python_;
  Object* module_;
  std::vector<Object*> exit_functions_;
};

// As much of `builtins` as it takes to make a Function.
class FakeBuiltins {
 public:
  explicit FakeBuiltins(FakePython& python);

 private:
  Object* make_list();
  Object* evaluate(Object* source);

  FakePython& python_;
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
