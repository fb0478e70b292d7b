// A hook of the host's own that says that it is quitting, such as a signal of Qt's: beside ExitHook, which is
// what every host has, and earlier.
#pragma once

#include "embed/function.hpp"
#include "embed/quit_call.hpp"

#include <functional>
#include <memory>

namespace silex::python {

// All of it needs the GIL, but for what is said.
class QuitHook {
 public:
  explicit QuitHook(const PythonApi& api) : api_(api) {}
  QuitHook(const QuitHook&) = delete;
  QuitHook& operator=(const QuitHook&) = delete;

  // A Python function that calls `quit` the first time, without the GIL: for `add`, which hands it to the
  // host. `quit` must not throw; throws what `add` throws, and PythonError.
  void add(std::function<void()> quit, const std::function<void(const Reference& function)>& add);
  // `quit` is not called any more, and `remove` takes the function back from the host: not while it runs,
  // when the host goes through its hooks. What `remove` throws is dropped: the hook is gone. Harmless where
  // none was added.
  void remove(const std::function<void(const Reference& function)>& remove) noexcept;
  // Forgets it where Python is gone already. Needs no GIL.
  void abandon() noexcept;

 private:
  const PythonApi& api_;
  std::shared_ptr<QuitCall> quit_;
  Function function_;
};

}  // namespace silex::python
