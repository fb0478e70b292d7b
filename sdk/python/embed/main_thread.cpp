#include "embed/main_thread.hpp"

namespace silex::python {

bool is_main_thread(const PythonApi& api) {
  const Reference threading = import_module(api, "threading");
  const Reference main_thread = threading.attribute("main_thread").call();
  return main_thread.attribute("ident").equals(threading.attribute("get_ident").call());
}

void require_main_thread(const PythonApi& api, const char* host) {
  if (is_main_thread(api)) return;
  throw std::runtime_error(std::string("the runtime is being started on a thread that does not run ") + host +
                           ": start it on the main thread, from a plug-in's entry or a start-up script");
}

}  // namespace silex::python
