// The runtime as a plugin sees it, played: a silex_host that remembers what was done with it, and for how
// long.
#pragma once

#include <silex/plugin.h>

#include <atomic>
#include <mutex>
#include <string>
#include <utility>

namespace silex::validate {

class PlayedHost {
 public:
  // It is never freed: a plugin that uses it too late is found out, and does not crash.
  static PlayedHost& make() { return *new PlayedHost; }
  PlayedHost(const PlayedHost&) = delete;
  PlayedHost& operator=(const PlayedHost&) = delete;

  [[nodiscard]] const silex_host* view() const noexcept { return &view_; }
  // From now on the plugin must not use it: deinit() has returned.
  void is_gone() noexcept { gone_ = true; }
  // Which function was called after that; "" if none was.
  std::string used_too_late() {
    const std::lock_guard lock(mutex_);
    return used_too_late_;
  }
  // What set_error() was told since the last call of this.
  std::string take_error() {
    const std::lock_guard lock(mutex_);
    return std::exchange(error_, {});
  }

 private:
  PlayedHost()
      : view_{sizeof view_, SILEX_ABI_MAJOR, SILEX_ABI_MINOR, "0", this, &set_error, &log, &extension} {}
  static PlayedHost& of(const silex_host* host) { return *static_cast<PlayedHost*>(host->impl); }

  static void set_error(const silex_host* host, const char* message) {
    of(host).used("set_error()");
    const std::lock_guard lock(of(host).mutex_);
    of(host).error_ = message ? message : "";
  }
  static void log(const silex_host* host, silex_log_level /*level*/, const char* /*message*/) {
    of(host).used("log()");
  }
  // As a runtime that is older than the extension.
  static const void* extension(const silex_host* host, const char* /*id*/) {
    of(host).used("get_extension()");
    return nullptr;
  }
  void used(const char* function) {
    if (!gone_) return;
    const std::lock_guard lock(mutex_);
    used_too_late_ = function;
  }

  silex_host view_;
  std::atomic<bool> gone_ = false;
  std::mutex mutex_;
  std::string used_too_late_;
  std::string error_;
};

}  // namespace silex::validate
