#include "watchdog.hpp"

#include <cstdio>
#include <utility>

#include <unistd.h>

namespace host {

Watchdog::Watchdog(std::chrono::duration<double> limit) : thread_([this, limit] { watch(limit); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Watchdog::note(std::string doing) {
  const std::lock_guard lock(mutex_);
  doing_ = std::move(doing);
}

void Watchdog::watch(std::chrono::duration<double> limit) {
  std::unique_lock lock(mutex_);
  if (ended_.wait_for(lock, limit, [this] { return over_; })) return;
  std::fprintf(stderr, "HUNG: the host did not end within %g s; it was %s\n", limit.count(), doing_.c_str());
  std::fflush(stderr);
  // Nothing of the process can be relied on any more.
  ::_exit(kHungStatus);
}

}  // namespace host
