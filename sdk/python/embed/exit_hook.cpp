#include "embed/exit_hook.hpp"

#include <utility>

namespace silex::python {

void ExitHook::add(std::function<void()> quit) {
  quit_ = std::make_shared<QuitCall>(api_, std::move(quit));
  callable_ = make_callable(api_, quit_);
  import_module(api_, "atexit").attribute("register").call({callable_});
  add_before_threads_are_waited_for();
}

// Python waits for its threads before it runs atexit, and one of them may wait for us: it must be told first.
// From 3.9 on there is this hook, which concurrent.futures uses for the same reason (bpo-39812). What it is
// given it keeps.
void ExitHook::add_before_threads_are_waited_for() {
  const Reference threading = import_module(api_, "threading");
  if (!threading.has_attribute("_register_atexit")) return;
  before_threads_ = Function(api_, callable_);
  threading.attribute("_register_atexit").call({before_threads_.get()});
}

void ExitHook::remove() {
  if (!quit_) return;
  quit_->disarm();
  const bool is_running = quit_->is_running();
  quit_.reset();
  before_threads_.empty();
  const Reference callable = std::exchange(callable_, {});
  // A function that unregisters itself crashes Python before 3.10.2 (https://bugs.python.org/issue46025).
  if (!is_running) import_module(api_, "atexit").attribute("unregister").call({callable});
}

void ExitHook::abandon() noexcept {
  if (quit_) quit_->disarm();
  quit_.reset();
  before_threads_.abandon();
  static_cast<void>(callable_.release());
}

}  // namespace silex::python
