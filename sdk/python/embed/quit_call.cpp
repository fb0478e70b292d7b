#include "embed/quit_call.hpp"

#include "embed/gil.hpp"

namespace silex::python {

void quit(const Pump& pump) {
  // What it left behind is in the log by then; on another thread than the main one nothing has been done.
  if (pump.quit() == SILEX_ERROR_WRONG_THREAD) {
    pump.log(SILEX_LOG_WARNING,
             "the process ends on a thread that is not its main one: the runtime was not stopped");
  }
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
