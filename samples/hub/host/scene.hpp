// The scene of the demo's host, as the pack of commands finds it in the process that has loaded it.
#pragma once

#include <cstdint>

// Main thread only, as in any host.
struct demo_scene {
  std::uint32_t size;
  void (*add_object)(const char* name, std::uint32_t milliseconds);  // which it takes
  void (*remove_objects)(int count);                                 // the last ones
};

extern "C" __attribute__((visibility("default"))) const demo_scene demo_scene_api;
