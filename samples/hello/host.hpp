// What the sample asks of its host. Each host has a file of its own that does it.
#pragma once

#include <string>

namespace silex {
class Runtime;
}

// The name of the open scene. Main thread only.
std::string scene_name();
// Shows a line to the artist. Main thread only.
void show(const std::string& line);

// Takes about a tenth of a second and touches no host: the sort of thing that freezes a window.
std::string slow_checksum(const std::string& text);

// The README's lines, in hello.cpp.
void start(silex::Runtime& runtime);
