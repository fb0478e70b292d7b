// A Python function around a callable of ours: some hosts and libraries look into what they are handed, or
// mark it, and refuse a builtin. It can be emptied where it cannot be taken back.
#pragma once

#include "embed/reference.hpp"

namespace silex::python {

// All of it needs the GIL, but for what is said.
class Function {
 public:
  Function() noexcept = default;
  // Takes any arguments, and calls the callable without. Throws PythonError.
  Function(const PythonApi& api, const Reference& callable);

  explicit operator bool() const noexcept { return static_cast<bool>(function_); }
  [[nodiscard]] const Reference& get() const noexcept { return function_; }
  // From now on it calls nothing and holds nothing of ours, whoever keeps it. Harmless on an empty one.
  void empty() noexcept;
  // Forgets it where Python is gone already. Needs no GIL.
  void abandon() noexcept;

 private:
  Reference calls_;  // a list that the function goes through
  Reference function_;
};

}  // namespace silex::python
