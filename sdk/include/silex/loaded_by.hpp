// LoadedBy: the runtimes that have loaded a plugin, from its init() to its deinit(), for plugins in C++.
#pragma once

#include <silex/plugin.h>

#include <mutex>
#include <new>
#include <utility>

namespace silex {

// A variable of static storage, one in each plugin. It frees nothing when the library's statics go: a runtime
// with static storage may end after them. [any-thread]
class LoadedBy {
 public:
  LoadedBy() noexcept = default;
  LoadedBy(const LoadedBy&) = delete;
  LoadedBy& operator=(const LoadedBy&) = delete;

  // From init(). SILEX_ERROR_OUT_OF_MEMORY where there is none left.
  silex_status add(const silex_host* host) noexcept {
    const std::lock_guard lock(mutex_);
    auto* const last = new (std::nothrow) Link{host, last_};
    if (!last) return SILEX_ERROR_OUT_OF_MEMORY;
    last_ = last;
    return SILEX_OK;
  }
  // From deinit(). Whether another runtime has the plugin still: it keeps the code loaded.
  bool remove(const silex_host* host) noexcept {
    const std::lock_guard lock(mutex_);
    Link** place = &last_;
    while (*place && (*place)->host != host) place = &(*place)->next;
    if (*place) delete std::exchange(*place, (*place)->next);
    return last_ != nullptr;
  }
  // silex_host.set_error(), of whichever has it: the last error belongs to the thread. Nothing where none
  // has.
  void set_error(const char* message) noexcept {
    const std::lock_guard lock(mutex_);
    if (last_) last_->host->set_error(last_->host, message);
  }

 private:
  struct Link {
    const silex_host* host;
    Link* next;
  };

  std::mutex mutex_;
  Link* last_ = nullptr;
};

}  // namespace silex
