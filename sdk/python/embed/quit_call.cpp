#include "embed/quit_call.hpp"

#include "embed/gil.hpp"

namespace silex::python {

void quit(const Pump& pump) {
  if (pump.quit() != SILEX_OK) pump.log(SILEX_LOG_WARNING, "the runtime was not stopped in time at exit");
}

Object* QuitCall::call() noexcept {
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

}  // namespace silex::python
