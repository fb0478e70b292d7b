// @Name@ as a program, in which `silex validate` checks the adapter: validate_host [batch]. See silex/validate.h.
#include "test_host.hpp"

#include <silex/validate.h>

#include <cstdlib>

#include <dlfcn.h>

int main(int argc, char** /*argv*/) {
  const char* const file = std::getenv(SILEX_VALIDATE_LIBRARY);
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  if (!library) return 2;
  const auto turn = reinterpret_cast<silex_validate_function>(dlsym(library, SILEX_VALIDATE_SYMBOL));
  host.reset(argc > 1);
  const silex_validate_host offered{sizeof offered, [] { host.turn(); }, nullptr};
  while (turn(&offered)) host.turn();
  host.quit();
  return 0;
}
