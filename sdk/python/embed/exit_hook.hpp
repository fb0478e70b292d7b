// Python's end as the hook that says that the host is quitting. Every host that ends Python in an orderly way
// comes by here, on the thread that ends Python and before objects are torn down.
#pragma once

#include "embed/function.hpp"
#include "embed/quit_call.hpp"

#include <functional>
#include <memory>

namespace silex::python {

// All of it needs the GIL but where it says otherwise.
class ExitHook {
 public:
  explicit ExitHook(const PythonApi& api) : api_(api) {}
  ExitHook(const ExitHook&) = delete;
  ExitHook& operator=(const ExitHook&) = delete;

  // From now on `quit` is called when Python ends, without the GIL: other threads may need it in order to
  // end. Once; it must not throw. Throws PythonError.
  void add(std::function<void()> quit);
  // It is not called any more. Harmless where it was not added, and from inside `quit`. Throws PythonError.
  void remove();
  // Forgets it where Python is gone already. Needs no GIL.
  void abandon() noexcept;

 private:
  void add_before_threads_are_waited_for();

  const PythonApi& api_;
  std::shared_ptr<QuitCall> quit_;
  Reference callable_;
  Function before_threads_;
};

}  // namespace silex::python
