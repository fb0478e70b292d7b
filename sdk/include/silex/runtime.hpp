// Runtime: owns a silex_runtime. For those who embed libsilex; plugins are given a Context.
#pragma once

#include <silex/context.hpp>
#include <silex/runtime.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace silex {

// As silex_options; a duration of 0 is what is configured, or the default. (Each member has an initialiser,
// so that naming some of them is no warning.)
struct RuntimeOptions {
  using nanoseconds = std::chrono::nanoseconds;
  std::uint32_t workers = 0;
  std::uint32_t worker_queue = 0;
  nanoseconds drain_budget{0};
  nanoseconds linger{0};
  nanoseconds loop_stall{0};
  nanoseconds slow_call{0};
  nanoseconds host_busy{0};
  nanoseconds no_pump{0};
  nanoseconds stop_timeout{0};
  std::string adapter_path{};                                    // "": the variable SILEX_ADAPTER_PATH
  std::string config_file{};                                     // "": the variable SILEX_CONFIG
  std::function<void(silex_log_level, std::string_view)> log{};  // see silex_log_sink
  std::function<void(const silex_event&)> events{};              // see silex_event_sink
};

// Every function throws Error, or one of its kinds, where the C ABI returns a status.
class Runtime {
 public:
  // With no thread running yet. Throws Error, also where the configuration is wrong.
  explicit Runtime(RuntimeOptions options = {})
      : options_(std::make_unique<RuntimeOptions>(std::move(options))) {
    silex_options raw{};
    raw.size = sizeof raw;
    raw.workers = options_->workers;
    raw.worker_queue = options_->worker_queue;
    raw.drain_budget_ns = count(options_->drain_budget);
    raw.linger_ns = count(options_->linger);
    raw.loop_stall_ns = count(options_->loop_stall);
    raw.slow_call_ns = count(options_->slow_call);
    raw.host_busy_ns = count(options_->host_busy);
    raw.no_pump_ns = count(options_->no_pump);
    raw.stop_timeout_ns = count(options_->stop_timeout);
    if (!options_->adapter_path.empty()) raw.adapter_path = options_->adapter_path.c_str();
    if (!options_->config_file.empty()) raw.config_file = options_->config_file.c_str();
    if (options_->log) {
      raw.log_sink = [](void* data, silex_log_level level, const char* message) {
        static_cast<RuntimeOptions*>(data)->log(level, message);
      };
    }
    if (options_->events) {
      raw.event_sink = [](void* data, const silex_event* event) {
        static_cast<RuntimeOptions*>(data)->events(*event);
      };
    }
    raw.log_data = raw.event_data = options_.get();
    check(silex_runtime_create(&raw, &runtime_));
  }
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  // Stops it. [main-thread] Not from inside a deferred call.
  ~Runtime() {
    const silex_status status = silex_runtime_destroy(runtime_);
    // A thread was left behind, or this is no place to destroy it: what it may still log to has to stay.
    if (status != SILEX_OK) static_cast<void>(options_.release());
  }

  // The adapter by name. [main-thread]
  void choose_adapter(const std::string& name) { check(silex_adapter_choose(runtime_, name.c_str())); }
  // The one whose host this process is, of those on the adapter path. [main-thread]
  void choose_adapter() { check(silex_adapter_choose(runtime_, nullptr)); }
  // Of the one that was chosen, "" if none was. [main-thread]
  [[nodiscard]] std::string adapter_name() const { return silex_adapter_name(runtime_); }

  // Takes this thread for the host's main thread. [any-thread]
  void start() { check(silex_runtime_start(runtime_)); }
  // Tells every waiter HostGone, and joins the threads. [main-thread] Blocks, with a bound.
  void stop() { check(silex_runtime_stop(runtime_)); }
  // Whether it is started and not yet stopping. [any-thread] Never blocks.
  [[nodiscard]] bool is_running() const noexcept { return silex_runtime_is_running(runtime_); }

  // Starts a task; see Context::spawn(). [any-thread]
  template <typename Function>
  auto spawn(std::string name, Function function) const {
    return context().spawn(std::move(name), std::move(function));
  }

  // Runs the deferred calls that wait. [main-thread]
  silex_drain_report drain() {
    silex_drain_report report{};
    report.size = sizeof report;
    check(silex_drain(runtime_, &report));
    return report;
  }
  // Runs deferred calls until the condition holds: whether it came to hold within the time. [main-thread]
  template <typename Condition>
  bool pump_until(Condition condition, std::chrono::nanoseconds timeout = std::chrono::nanoseconds::max()) {
    const silex_status status = silex_pump_until(
        runtime_, [](void* data) { return static_cast<bool>((*static_cast<Condition*>(data))()); },
        &condition, timeout == std::chrono::nanoseconds::max() ? SILEX_NONE : count(timeout));
    if (status == SILEX_ERROR_TIMED_OUT) return false;
    check(status);
    return true;
  }

  // Figures since the last start. [any-thread] Never blocks.
  [[nodiscard]] silex_metrics metrics() const {
    silex_metrics metrics{};
    metrics.size = sizeof metrics;
    check(silex_metrics_read(runtime_, &metrics));
    return metrics;
  }

  // What tasks are given. [any-thread]
  [[nodiscard]] Context context() const noexcept { return {silex_get_api(), runtime_}; }
  // For the C ABI; owned by this.
  [[nodiscard]] silex_runtime* handle() const noexcept { return runtime_; }

 private:
  static std::uint64_t count(std::chrono::nanoseconds duration) noexcept {
    return duration.count() > 0 ? static_cast<std::uint64_t>(duration.count()) : 0;
  }
  static void check(silex_status status) {
    if (status != SILEX_OK) std::rethrow_exception(make_exception(*silex_last_error()));
  }

  std::unique_ptr<RuntimeOptions> options_;  // the sinks' data: it must not move
  silex_runtime* runtime_ = nullptr;
};

}  // namespace silex
