// What a silex_runtime is: settings, plugins, the chosen adapter, and the run that is under way.
#pragma once

#include "abi/connection_table.hpp"
#include "action/run/action_table.hpp"
#include "action/run/command_library.hpp"
#include "config/config.hpp"
#include "plugin/adapter_port.hpp"
#include "plugin/plugin_registry.hpp"
#include "runtime/core.hpp"
#include "runtime/gate.hpp"
#include "runtime/manual_clock.hpp"
#include "yaml/file_cache.hpp"

#include <silex/runtime.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

// The type that the C ABI names; see there for which thread may call what.
struct silex_runtime {
 public:
  // `config`: what `options` says is in it.
  silex_runtime(const silex::config::Config& config, const silex_options& options);
  ~silex_runtime() = default;
  silex_runtime(const silex_runtime&) = delete;
  silex_runtime& operator=(const silex_runtime&) = delete;

  silex::Status start();
  silex::Status stop();
  // Whether it may go: SILEX_ERROR_BUSY from inside a deferred call.
  silex::Status prepare_to_go();
  // After that: frees it, or keeps it for good where a stop left a thread behind, which may come back here.
  void go() noexcept;

  silex::Status load_plugin(const std::string& name, silex::Plugin*& plugin);
  silex::Status unload_plugin(const silex::Plugin* plugin);
  silex::Status choose_adapter(const char* name);
  [[nodiscard]] const std::string& adapter_name() const noexcept { return adapter_name_; }

  // See silex/testing.h.
  silex::Status stop_clock();
  silex::Status advance_clock(std::uint64_t by_ns);

  [[nodiscard]] bool is_running() const noexcept { return accepting_.is_open() && !is_forked(); }
  [[nodiscard]] bool is_forked() const noexcept { return forks_ != silex::platform::fork_generation(); }
  [[nodiscard]] const silex::config::Config& config() const noexcept { return config_; }
  silex::Logger& logger() noexcept { return *logger_; }

  // Behind the first gate new work is accepted; it closes first. Behind the second one is a run at all, so
  // that what is under way can come to its end.
  silex::Gate& accepting() noexcept { return accepting_; }
  silex::Gate& reachable() noexcept { return reachable_; }
  // Inside a gate.
  silex::Core& core() noexcept { return *core_; }
  silex::abi::ConnectionTable& connections() noexcept { return *connections_; }
  const std::shared_ptr<silex::action::ActionTable>& actions() noexcept { return actions_; }
  silex::action::CommandLibrary& commands() noexcept { return commands_; }
  // The files of definitions that were read.
  const std::shared_ptr<silex::yaml::FileCache>& definitions() const noexcept { return definitions_; }
  // For callers that may stop the run before they are through with it; nullptr where none is under way.
  std::shared_ptr<silex::Core> hold_core();

  // Why a call that is not let in is refused.
  [[nodiscard]] silex::Status refusal() const;

 private:
  // SILEX_ERROR_WRONG_THREAD on another thread than the main thread of the run that is under way.
  silex::Status check_main_thread(const char* what);
  // Whether the main thread is inside a deferred call, be it one that has stopped the run. [main-thread]
  bool is_inside_a_call();
  // The commands of a plugin, if it has any; those of the plugins `silex_commands_*` on the adapter path.
  silex::Status add_commands_of(const silex::Plugin& plugin);
  void load_command_packs();
  silex::Status detect_adapter();
  // Whether this process is the host of the plugin's adapter. `asked` grows by the adapter's name.
  bool is_host_of(const silex::Plugin& plugin, std::string& asked, bool must_be_adapter);
  silex::Status use_adapter_of(silex::Plugin& plugin);

  const silex::config::Config config_;
  // Shared with the watchdog, whose thread may be left behind.
  const std::shared_ptr<silex::abi::ConnectionTable> connections_ =
      std::make_shared<silex::abi::ConnectionTable>();
  silex::action::CommandLibrary commands_;
  const std::shared_ptr<silex::yaml::FileCache> definitions_ = std::make_shared<silex::yaml::FileCache>();
  const std::shared_ptr<silex::action::ActionTable> actions_ = std::make_shared<silex::action::ActionTable>();
  const silex::Settings settings_;
  const std::shared_ptr<silex::Logger> logger_;
  const std::uint32_t forks_;
  silex::PluginRegistry plugins_;
  std::unique_ptr<silex::AdapterPort> adapter_;  // after plugins_: it goes first
  std::string adapter_name_;

  std::shared_ptr<silex::ManualClock> clock_;  // nullptr: time goes on by itself
  std::mutex life_mutex_;                      // start() against start()
  std::shared_ptr<silex::Core> core_;
  silex::Gate accepting_;
  silex::Gate reachable_;
  bool stopping_ = false;                                  // main thread only
  std::vector<std::shared_ptr<silex::Core>> left_behind_;  // main thread only; may have a thread left
  silex_runtime* kept_before_ = nullptr;
  std::weak_ptr<silex::Core> last_run_;  // main thread only: it lives on while a call of it is on the stack
};
