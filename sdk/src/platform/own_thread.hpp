// Threads of ours inside somebody else's process.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace silex::platform {

// A thread with a name (at most 15 characters of it show) on which none of the host's signal handlers ever
// runs.
std::thread start_thread(const std::string& name, std::function<void()> body);

// Lets the calling thread sleep for some microseconds where the system would otherwise round up to more.
void use_precise_timers();

// Keeps the library this code is in loaded until the process ends, for a thread that had to be left behind in
// it.
void pin_this_library();

}  // namespace silex::platform
