#include "platform/own_thread.hpp"

#include <utility>

#if defined(_WIN32)
#include <windows.h>
#else
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif
#endif

namespace silex::platform {

namespace {

void name_this_thread(const std::string& name) {
#if defined(_WIN32)
  SetThreadDescription(GetCurrentThread(), std::wstring(name.begin(), name.end()).c_str());
#elif defined(__APPLE__)
  pthread_setname_np(name.c_str());
#else
  // Linux refuses a name of more than 15 characters instead of cutting it.
  pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
#endif
}

}  // namespace

std::thread start_thread(const std::string& name, std::function<void()> body) {
  auto run = [name, body = std::move(body)]() mutable {
    name_this_thread(name);
    std::exchange(body, nullptr)();  // what it owns goes with its end
  };
#if defined(_WIN32)
  return std::thread(std::move(run));
#else
  // A thread inherits the mask of its creator, so the mask is set before, not inside, where a signal could be
  // faster.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  struct Restore {
    const sigset_t& mask;
    ~Restore() { pthread_sigmask(SIG_SETMASK, &mask, nullptr); }
  };
  const Restore restore{before};  // also where the system has no thread
  return std::thread(std::move(run));
#endif
}

void use_precise_timers() {
#if defined(__linux__)
  prctl(PR_SET_TIMERSLACK, 5000UL);  // nanoseconds; 50,000 by default
#endif
}

void pin_this_library() {
#if !defined(_WIN32)
  Dl_info info;
  if (dladdr(reinterpret_cast<const void*>(&pin_this_library), &info) == 0 || info.dli_fname == nullptr)
    return;
  // Never closed: that, and RTLD_NODELETE, is the pin. An executable cannot be opened so, and needs no pin.
  dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

}  // namespace silex::platform
