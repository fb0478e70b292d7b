// The test host, which has itself validated and then quits: toy_host [batch].
#include "toy_host.h"

#include <silex/validate.h>

#include <cstdlib>

#include <dlfcn.h>

namespace {

silex_validate_function turn = nullptr;

// A round of a loop inside the loop.
void run_once() {
  int rounds = 0;
  toy_host_run_modal([](void* data) { return (*static_cast<int*>(data))++ > 0; }, &rounds);
}

const silex_validate_host offered{sizeof offered, &run_once, nullptr};

}  // namespace

int main(int argc, char** /*argv*/) {
  const char* const file = std::getenv(SILEX_VALIDATE_LIBRARY);
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  if (!library) return 2;
  turn = reinterpret_cast<silex_validate_function>(dlsym(library, SILEX_VALIDATE_SYMBOL));
  const bool is_batch = argc > 1;
  toy_host_reset(is_batch);
  toy_host_run_modal([](void*) { return !turn(&offered); }, nullptr);
  toy_host_quit();
  toy_host_run();
  return 0;
}
