// The sample in Blender: a library that blender_hello.py starts, with two functions of Blender's own Python.
#include "host.hpp"

#include <silex/silex.hpp>

#include <array>
#include <cstdio>
#include <exception>

namespace {

// Of blender_hello.py; Python sees to the GIL.
struct Functions {
  void (*scene_name)(char* text, int size);
  void (*show)(const char* line);
} functions;

}  // namespace

std::string scene_name() {
  std::array<char, 256> text{};
  functions.scene_name(text.data(), static_cast<int>(text.size()));
  return text.data();
}

void show(const std::string& line) {
  functions.show(line.c_str());
}

extern "C" {

// False where it can't start; says why on standard error. [main-thread]
SILEX_EXPORT bool hello_start(Functions given) {
  functions = given;
  try {
    // For as long as the process: the adapter stops it when Blender quits, from whichever hook comes first.
    auto* const runtime = new silex::Runtime;
    start(*runtime);
    std::printf("this host is '%s', by its adapter\n", runtime->adapter_name().c_str());
    std::fflush(stdout);
    return true;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hello: %s\n", error.what());
    return false;
  }
}

}  // extern "C"
