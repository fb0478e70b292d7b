// Python's global interpreter lock, taken and given for the length of a block.
#pragma once

#include "embed/python_api.hpp"

namespace silex::python {

// Takes it, if this thread does not have it already. Waits for whoever has it. [any-thread]
class Gil {
 public:
  explicit Gil(const PythonApi& api) : api_(api), state_(api.PyGILState_Ensure()) {}
  ~Gil() { api_.PyGILState_Release(state_); }
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

 private:
  const PythonApi& api_;
  const int state_;
};

// Gives it to others while this thread does what needs no Python. [a thread that has it]
class WithoutGil {
 public:
  explicit WithoutGil(const PythonApi& api) : api_(api), state_(api.PyEval_SaveThread()) {}
  ~WithoutGil() { api_.PyEval_RestoreThread(state_); }
  WithoutGil(const WithoutGil&) = delete;
  WithoutGil& operator=(const WithoutGil&) = delete;

 private:
  const PythonApi& api_;
  ThreadState* const state_;
};

}  // namespace silex::python
