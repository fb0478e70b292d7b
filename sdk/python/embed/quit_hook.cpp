#include "embed/quit_hook.hpp"

#include <exception>
#include <utility>

namespace silex::python {

void QuitHook::add(std::function<void()> quit, const std::function<void(const Reference&)>& add) {
  quit_ = std::make_shared<QuitCall>(api_, std::move(quit));
  function_ = Function(api_, make_callable(api_, quit_));
  add(function_.get());
}

void QuitHook::remove(const std::function<void(const Reference&)>& remove) noexcept {
  const std::shared_ptr<QuitCall> quit = std::exchange(quit_, nullptr);
  if (!quit) return;
  quit->disarm();
  try {
    if (!quit->is_running() && function_) remove(function_.get());
  } catch (const std::exception&) {
    // It is not there: the host dropped it, or is gone.
  }
  function_.empty();
}

void QuitHook::abandon() noexcept {
  quit_.reset();
  function_.abandon();
}

}  // namespace silex::python
