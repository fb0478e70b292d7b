// A service in which `silex validate` checks the headless adapter; see silex/validate.h.
#include "headless_loop.h"
#include "loop.hpp"

#include <silex/validate.h>

#include <cstdlib>

#include <dlfcn.h>

namespace {

Loop loop;
silex_validate_function turn = nullptr;

// Posts itself again until there is nothing left to check.
void go_on() {
  static const silex_validate_host offered{sizeof offered, [] { loop.run_once(); }, nullptr};
  if (turn(&offered)) {
    loop.post(&go_on);
  } else {
    loop.end();
  }
}

}  // namespace

const headless_loop_functions headless_loop{
    sizeof(headless_loop_functions),
    [](void (*function)(void*), void* data) { return loop.post([function, data] { function(data); }); },
    [](void (*function)(void*), void* data) {
      loop.on_end(function ? std::function<void()>([function, data] { function(data); }) : nullptr);
    }};

int main() {
  const char* const file = std::getenv(SILEX_VALIDATE_LIBRARY);
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  if (!library) return 2;
  turn = reinterpret_cast<silex_validate_function>(dlsym(library, SILEX_VALIDATE_SYMBOL));
  loop.post(&go_on);
  return loop.run() ? 0 : 3;
}
