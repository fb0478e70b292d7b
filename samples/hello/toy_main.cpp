// The sample in the test host: this thread is the host's main thread and draws frames.
#include "host.hpp"
#include "toy_host.h"

#include <silex/silex.hpp>

#include <cstdio>
#include <exception>

std::string scene_name() {
  return "shot_010";
}

void show(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::printf("the host drew %s frames meanwhile\n", toy_host_frames() > 1 ? "its" : "no");
  toy_host_quit();
}

int main() {
  toy_host_reset(false);
  try {
    silex::Runtime runtime;
    start(runtime);
    std::printf("this host is '%s', by its adapter\n", runtime.adapter_name().c_str());
    std::fflush(stdout);
    toy_host_run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hello: %s\n", error.what());
    return 1;
  }
  return 0;
}
