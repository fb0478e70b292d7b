// The runtime's queue as an adapter sees it, played: a silex_pump that counts its references and its drains.
#pragma once

#include <silex/adapter.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace silex::validate {

class PlayedPump : public silex_pump {
 public:
  // It is never freed: an adapter that uses it too late is found out, and does not crash. Made on the main
  // thread, with the runtime's own reference.
  static PlayedPump& make() { return *new PlayedPump; }
  PlayedPump(const PlayedPump&) = delete;
  PlayedPump& operator=(const PlayedPump&) = delete;

  // As the runtime does when it detaches: from now on it does nothing, and its own reference goes.
  void disconnect() {
    attached_ = false;
    release_pump(this);
  }
  [[nodiscard]] bool is_attached() const noexcept { return attached_; }

  [[nodiscard]] int drains() const noexcept { return drains_; }
  // Since it was disconnected; those do nothing.
  [[nodiscard]] int late_drains() const noexcept { return late_drains_; }
  [[nodiscard]] int drains_elsewhere() const noexcept { return drains_elsewhere_; }
  [[nodiscard]] int small_reports() const noexcept { return small_reports_; }
  [[nodiscard]] int quits() const noexcept { return quits_; }
  [[nodiscard]] int quits_elsewhere() const noexcept { return quits_elsewhere_; }
  [[nodiscard]] int references() const noexcept { return references_; }
  // What was done without a reference; "" if nothing was.
  [[nodiscard]] std::string misused() const {
    const char* const function = misused_;
    return function ? function : "";
  }

  // What the next drain on the main thread runs, as deferred calls, once.
  std::function<void()> on_drain;
  std::function<void()> on_quit;  // as the runtime stops
  bool is_draining = false;

 private:
  PlayedPump()
      : silex_pump{sizeof(silex_pump), nullptr,    &retain_pump, &release_pump,
                   &drain_pump,        &quit_pump, &log_pump},
        main_(std::this_thread::get_id()) {}
  static PlayedPump& of(silex_pump* pump) { return *static_cast<PlayedPump*>(pump); }

  void use(const char* function) {
    if (references_ <= 0) misused_ = function;
  }
  static void retain_pump(silex_pump* pump) {
    of(pump).use("retain()");
    ++of(pump).references_;
  }
  static void release_pump(silex_pump* pump) {
    of(pump).use("release()");
    --of(pump).references_;
  }
  static silex_status drain_pump(silex_pump* pump, silex_drain_report* report);
  static silex_status quit_pump(silex_pump* pump);
  static void log_pump(silex_pump* pump, silex_log_level /*level*/, const char* /*message*/) {
    of(pump).use("log()");
  }

  const std::thread::id main_;
  std::atomic<bool> attached_ = true;
  std::atomic<int> references_ = 1;
  std::atomic<int> drains_ = 0;
  std::atomic<int> late_drains_ = 0;
  std::atomic<int> drains_elsewhere_ = 0;
  std::atomic<int> small_reports_ = 0;
  std::atomic<int> quits_ = 0;
  std::atomic<int> quits_elsewhere_ = 0;
  std::atomic<const char*> misused_ = nullptr;
};

}  // namespace silex::validate
