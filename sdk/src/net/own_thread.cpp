#include "net/own_thread.hpp"

#if !defined(_WIN32)
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif
#endif

namespace silex::net {

#if defined(_WIN32)

std::thread start_thread(const char*, std::function<void()> body) {
  return std::thread(std::move(body));
}
void use_precise_timers() {}
void pin_this_library() {}

#else

std::thread start_thread(const char* name, std::function<void()> body) {
  // A thread inherits the mask of its creator, so the mask is set before, not inside, where a signal could be
  // faster.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread([name, body = std::move(body)] {
#if defined(__APPLE__)
    pthread_setname_np(name);
#else
    pthread_setname_np(pthread_self(), name);
#endif
    body();
  });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

void use_precise_timers() {
#if defined(__linux__)
  prctl(PR_SET_TIMERSLACK, 5000UL);  // nanoseconds; 50,000 by default
#endif
}

void pin_this_library() {
  Dl_info info;
  if (dladdr(reinterpret_cast<const void*>(&pin_this_library), &info) == 0 || info.dli_fname == nullptr)
    return;
  // Never closed: that, and RTLD_NODELETE, is the pin. An executable cannot be opened so, and needs no pin.
  dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
}

#endif

}  // namespace silex::net
