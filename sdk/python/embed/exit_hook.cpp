#include "embed/exit_hook.hpp"

#include "embed/gil.hpp"

#include <utility>

namespace silex::python {

class ExitHook::Quit final : public Called {
 public:
  Quit(const PythonApi& api, std::function<void()> quit) : api_(api), quit_(std::move(quit)) {}

  Object* call() noexcept override {
    if (const auto quit = std::exchange(quit_, nullptr)) {
      running_ = true;
      {
        const WithoutGil others_go_on(api_);
        quit();
      }
      running_ = false;
      api_.PyErr_Clear();
    }
    api_.Py_IncRef(api_.none);
    return api_.none;
  }
  void disarm() noexcept { quit_ = nullptr; }
  [[nodiscard]] bool is_running() const noexcept { return running_; }

 private:
  const PythonApi& api_;
  std::function<void()> quit_;
  bool running_ = false;
};

void ExitHook::add(std::function<void()> quit) {
  quit_ = std::make_shared<Quit>(api_, std::move(quit));
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
