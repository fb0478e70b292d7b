// The host as a program: it has itself validated, and then quits.
#include "host.h"

#include <silex/validate.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <utility>

#include <dlfcn.h>

namespace {

using Function = void (*)(void*);

struct Host {
  std::mutex mutex;
  std::condition_variable posted;
  std::deque<std::pair<Function, void*>> functions;
  std::map<void*, Function> on_quit;
  bool is_batch = false;
  bool refuses = false;
};
Host& host() {
  static Host& the_host = *new Host;
  return the_host;
}

bool post(Function function, void* data) {
  const std::lock_guard lock(host().mutex);
  host().functions.emplace_back(function, data);
  host().posted.notify_one();
  return true;
}

bool on_quit(Function function, void* data) {
  if (host().refuses && function) return false;
  if (function) {
    host().on_quit[data] = function;
  } else {
    host().on_quit.erase(data);
  }
  return true;
}

// One function, or none within a millisecond.
void turn_once() {
  std::pair<Function, void*> next{};
  {
    std::unique_lock lock(host().mutex);
    host().posted.wait_for(lock, std::chrono::milliseconds(1), [] { return !host().functions.empty(); });
    if (host().functions.empty()) return;
    next = host().functions.front();
    host().functions.pop_front();
  }
  next.first(next.second);
}

silex_validate_function find_turn() {
  const char* const file = std::getenv(SILEX_VALIDATE_LIBRARY);
  void* const library = file ? dlopen(file, RTLD_NOW) : nullptr;
  return library ? reinterpret_cast<silex_validate_function>(dlsym(library, SILEX_VALIDATE_SYMBOL)) : nullptr;
}

}  // namespace

extern "C" const validate_host_functions validate_host{[] { return host().is_batch; }, &post, &on_quit};

// host interactive|batch|silent|abrupt: the last two do not have themselves validated, and quit without their
// hooks.
int main(int argc, char** argv) {
  const char* const mode = argc == 2 ? argv[1] : "interactive";
  host().is_batch = std::strcmp(mode, "batch") == 0;
  if (std::strcmp(mode, "silent") == 0) {
    std::puts("the host has nothing to say");
    return 3;
  }
  const auto turn = find_turn();
  if (!turn) return 2;
  const silex_validate_host offered{sizeof offered, &turn_once,
                                    [](bool refuses) { host().refuses = refuses; }};
  while (turn(&offered)) turn_once();
  if (std::strcmp(mode, "abrupt") == 0) std::_Exit(0);
  while (!host().on_quit.empty()) {
    const auto [data, function] = *host().on_quit.begin();
    host().on_quit.erase(data);
    function(data);
  }
  return 0;
}
