#include "embed/exit_hook.hpp"

#include <utility>

namespace silex::python {

void ExitHook::add(std::function<void()> quit) {
  quit_ = std::make_shared<QuitCall>(api_, std::move(quit));
  callable_ = make_callable(api_, quit_);
  import_module(api_, "atexit").attribute("register").call({callable_});
}

void ExitHook::remove() {
  if (!quit_) return;
  quit_->disarm();
  const bool is_running = quit_->is_running();
  quit_.reset();
  const Reference callable = std::exchange(callable_, {});
  // A function that unregisters itself crashes Python before 3.10.2 (https://bugs.python.org/issue46025).
  if (!is_running) import_module(api_, "atexit").attribute("unregister").call({callable});
}

void ExitHook::abandon() noexcept {
  if (quit_) quit_->disarm();
  quit_.reset();
  static_cast<void>(callable_.release());
}

}  // namespace silex::python
