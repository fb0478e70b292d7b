#include "abi/runtime_handle.hpp"

#include "abi/post.hpp"
#include "abi/testing.hpp"
#include "action/run/runner.hpp"
#include "commands/pack.hpp"

#include <silex/api.h>

#include <algorithm>
#include <cstring>
#include <thread>
#include <utility>

using silex::Status;

namespace net = silex::net;

namespace {

net::RuntimeReport report_of(const silex_event& event) {
  using Kind = net::RuntimeReport::Kind;
  const auto kind = [&] {
    switch (event.kind) {
      case SILEX_EVENT_LOOP_STALLED:
        return Kind::loop_stalled;
      case SILEX_EVENT_LOOP_RESUMED:
        return Kind::loop_resumed;
      case SILEX_EVENT_SLOW_CALL:
        return Kind::slow_call;
      case SILEX_EVENT_HOST_BUSY:
        return Kind::host_busy;
      case SILEX_EVENT_HOST_RESPONSIVE:
        return Kind::host_responsive;
      default:
        return Kind::host_gone;
    }
  };
  return {kind(), event.name, std::chrono::nanoseconds(event.duration_ns), event.message};
}

silex::Settings settings_from(const silex::config::Config& config, const silex_options& options,
                              const std::shared_ptr<silex::abi::ConnectionTable>& connections,
                              std::shared_ptr<silex::action::ActionTable> actions) {
  const silex::config::Runtime& runtime = config.runtime;
  const std::size_t hardware = std::max(2u, std::thread::hardware_concurrency());
  return {runtime.workers != 0 ? runtime.workers : hardware,
          runtime.worker_queue,
          {runtime.drain_budget, runtime.linger, runtime.slow_call},
          {runtime.loop_stall, runtime.host_busy},
          runtime.no_pump,
          runtime.stop_timeout,
          [connections, sink = options.event_sink, data = options.event_data](const silex_event& event) {
            connections->report(report_of(event));
            if (sink) sink(data, &event);
          },
          config.service.metrics,
          [connections, actions = std::move(actions)](const silex::OccupancyReport& report) {
            connections->tell_occupancy(report, *actions);
          }};
}

silex::LogOptions log_from(const silex::config::Log& log) {
  return {log.level, log.folder, log.file_size, log.files};
}

std::string search_path_from(const std::vector<std::string>& folders) {
  std::string path;
  for (const std::string& folder : folders) {
    if (!path.empty()) path += silex::platform::kPathSeparator;
    path += folder;
  }
  return path;
}

const void* get_extension(const silex_host* /*host*/, const char* id) {
  if (id && std::strcmp(id, SILEX_API_EXTENSION) == 0) return silex_get_api();
  if (id && std::strcmp(id, SILEX_TESTING_EXTENSION) == 0) return &silex::abi::testing();
  return nullptr;
}

}  // namespace

silex_runtime::silex_runtime(const silex::config::Config& config, const silex_options& options)
    : config_(config),
      settings_(settings_from(config, options, connections_, actions_)),
      logger_(std::make_shared<silex::Logger>(options.log_sink, options.log_data, log_from(config.log))),
      forks_(silex::platform::fork_generation()),
      plugins_(*logger_, search_path_from(config.adapters.path), &get_extension) {
  commands_.add("silex", silex::commands::builtin_pack());
}

Status silex_runtime::start() {
  if (is_forked()) return refusal();  // whoever held the lock may have stayed in the parent
  const std::lock_guard lock(life_mutex_);
  if (core_) return {};
  load_command_packs();
  logger_->open_file(adapter_name_);
  silex::Settings settings = settings_;
  if (clock_) settings.calls.linger = {};  // it would last until somebody moves the clock on
  silex::Clock& clock = clock_ ? static_cast<silex::Clock&>(*clock_) : silex::steady_clock();
  core_ = std::make_shared<silex::Core>(settings, logger_, adapter_.get(), clock);
  Status started = core_->start();
  if (!started.ok()) {
    core_.reset();
    return started;
  }
  // Nobody comes in before all of it runs: what is accepted can be done, and none of it is left behind by a
  // start that failed.
  reachable_.open();
  accepting_.open();
  return started;
}

Status silex_runtime::stop() {
  // The threads stayed in the parent, with whatever locks they held: nothing here can be ended or freed.
  if (is_forked()) return {};
  const std::shared_ptr<silex::Core> core = hold_core();
  if (!core) return {};
  if (core->current_thread() != SILEX_THREAD_MAIN) {
    return {SILEX_ERROR_WRONG_THREAD,
            "stop on a thread that is not the host's main thread: defer it to that thread"};
  }
  if (stopping_) return {};
  stopping_ = true;
  last_run_ = core;
  bool all_left = accepting_.close(settings_.stop_timeout);
  // While the loop runs: who waits for an acknowledgement is told there.
  if (adapter_) {
    connections_->report({net::RuntimeReport::Kind::host_gone,
                          adapter_name_,
                          {},
                          "the host is gone: adapter '" + adapter_name_ + "' is being detached"});
  }
  for (const auto& action : actions_->take_all()) {
    silex::abi::post(*core, 0, [action] { action->close_now(); });
  }
  connections_->close_all();
  Status result = core->stop();
  all_left = reachable_.close(settings_.stop_timeout) && all_left;
  if (result.ok() && !all_left) {
    result = {SILEX_ERROR_TIMED_OUT,
              "a thread was inside a function of the runtime for longer than a stop waits: it is left there"};
    logger_->write(SILEX_LOG_ERROR, result.message());
  }
  if (!result.ok()) {
    // It may come back to all of this: see go().
    left_behind_.push_back(core);
    plugins_.keep_for_good("a thread that may be in it was left behind when the runtime stopped");
  }
  {
    const std::lock_guard lock(life_mutex_);
    core_.reset();
  }
  stopping_ = false;
  return result;
}

Status silex_runtime::stop_clock() {
  const std::lock_guard lock(life_mutex_);
  if (core_) return {SILEX_ERROR_BUSY, "the runtime runs: stop its clock before you start it"};
  if (!clock_) clock_ = std::make_shared<silex::ManualClock>();
  return {};
}

Status silex_runtime::advance_clock(std::uint64_t by_ns) {
  const std::lock_guard lock(life_mutex_);
  if (!clock_) {
    return {SILEX_ERROR_INVALID_ARGUMENT,
            "the runtime's clock goes by itself: stop it with stop_clock() before the start"};
  }
  constexpr std::uint64_t longest = 365ull * 24 * 3600 * 1'000'000'000;
  if (by_ns > longest) {
    return {SILEX_ERROR_INVALID_ARGUMENT,
            "a clock is moved on by a year at most, not by " + std::to_string(by_ns) + " ns"};
  }
  clock_->advance(silex::Duration(by_ns));
  return {};
}

Status silex_runtime::prepare_to_go() {
  if (is_forked()) return stop();
  if (is_inside_a_call()) {
    return {SILEX_ERROR_BUSY,
            "a runtime can't be destroyed from inside one of its deferred calls: stop it there, "
            "and destroy it when the call has returned"};
  }
  return stop();
}

void silex_runtime::go() noexcept {
  if (is_forked()) return;
  if (left_behind_.empty()) {
    delete this;
    return;
  }
  logger_->forget_sink();  // it may go with whoever destroys the runtime
  static std::atomic<silex_runtime*> last_kept{nullptr};
  kept_before_ = last_kept.exchange(this);  // a leak on purpose is one that can be found
}

std::shared_ptr<silex::Core> silex_runtime::hold_core() {
  const silex::GatePass pass(reachable_);
  return pass ? core_ : nullptr;
}

Status silex_runtime::refusal() const {
  if (is_forked()) {
    return {SILEX_ERROR_FORKED,
            "this process is a fork: the runtime's threads stayed in the parent; create a runtime of its own "
            "here"};
  }
  if (reachable_.is_open()) return {SILEX_ERROR_HOST_GONE, "the runtime is stopping: the host is gone"};
  return {SILEX_ERROR_NOT_RUNNING, "the runtime is not running: call silex_runtime_start() first"};
}

Status silex_runtime::check_main_thread(const char* what) {
  const auto core = hold_core();
  if (!core || core->current_thread() == SILEX_THREAD_MAIN) return {};
  return {SILEX_ERROR_WRONG_THREAD,
          std::string(what) + " on a thread that is not the host's main thread: defer it to that thread"};
}

bool silex_runtime::is_inside_a_call() {
  auto core = hold_core();
  if (!core) core = last_run_.lock();
  return core && core->current_thread() == SILEX_THREAD_MAIN && core->is_running_a_call();
}

Status silex_runtime::load_plugin(const std::string& name, silex::Plugin*& plugin) {
  Status here = check_main_thread("a plugin is loaded");
  if (!here.ok()) return here;
  const std::size_t before = plugins_.plugins().size();
  Status loaded = plugins_.load(name, plugin);
  if (!loaded.ok() || plugins_.plugins().size() == before) return loaded;
  Status added = add_commands_of(*plugin);
  if (added.ok()) return added;
  static_cast<void>(plugins_.unload(plugin));
  plugin = nullptr;
  return added;
}

Status silex_runtime::add_commands_of(const silex::Plugin& plugin) {
  const void* factory = nullptr;
  if (!plugin.factory(SILEX_COMMANDS_FACTORY, factory).ok()) return {};
  const auto& pack = *static_cast<const silex_command_pack*>(factory);
  if (pack.size < sizeof pack) {
    return {SILEX_ERROR_BAD_ENTRY, "the pack of commands of plugin '" + plugin.name() + "' has the size " +
                                       std::to_string(pack.size) + ": set silex_command_pack.size"};
  }
  const std::vector<std::string> problems = commands_.add(plugin.name(), pack);
  if (problems.empty()) return {};
  std::string all;
  for (const std::string& problem : problems) all += problem + "\n";
  return {SILEX_ERROR_BAD_ENTRY, problems.front(), all};
}

void silex_runtime::load_command_packs() {
  for (const auto& file : plugins_.command_pack_files()) {
    silex::Plugin* plugin = nullptr;
    const std::size_t before = plugins_.plugins().size();
    Status status = plugins_.load(file.string(), plugin);
    if (status.ok() && plugins_.plugins().size() != before) {
      status = add_commands_of(*plugin);
      if (!status.ok()) static_cast<void>(plugins_.unload(plugin));
    }
    if (status.ok()) continue;
    logger_->write(SILEX_LOG_WARNING, std::string("a pack of commands was passed over: ") + status.message());
  }
}

Status silex_runtime::unload_plugin(const silex::Plugin* plugin) {
  Status here = check_main_thread("a plugin is unloaded");
  if (!here.ok()) return here;
  if (is_inside_a_call()) {
    return {
        SILEX_ERROR_PLUGIN_BUSY,
        "a plugin can't be unloaded from inside a deferred call, which may be its own: unload it when the "
        "call has returned"};
  }
  const void* commands = nullptr;
  const bool has_commands = plugins_.has(plugin) && plugin->factory(SILEX_COMMANDS_FACTORY, commands).ok();
  if (has_commands && hold_core()) {
    return {SILEX_ERROR_PLUGIN_BUSY, "the commands of plugin '" + plugin->name() +
                                         "' may be at work: stop the runtime before you unload it"};
  }
  if (has_commands) commands_.remove(plugin->name());
  if (adapter_ && &adapter_->plugin() == plugin) {
    if (hold_core()) {
      return {SILEX_ERROR_PLUGIN_BUSY,
              "the adapter '" + adapter_name_ + "' is attached: stop the runtime before you unload it"};
    }
    adapter_.reset();
    adapter_name_.clear();
  }
  return plugins_.unload(plugin);
}

Status silex_runtime::choose_adapter(const char* name) {
  Status here = check_main_thread("an adapter is chosen");
  if (!here.ok()) return here;
  if (hold_core()) {
    return {SILEX_ERROR_BUSY, "the runtime runs: stop it before you choose another adapter"};
  }
  if (!name) return detect_adapter();
  for (const auto& plugin : plugins_.plugins()) {
    if (silex::AdapterPort::name_in(*plugin) == name) return use_adapter_of(*plugin);
  }
  silex::Plugin* plugin = nullptr;
  Status loaded = plugins_.load(name, plugin);
  return loaded.ok() ? use_adapter_of(*plugin) : loaded;
}

bool silex_runtime::is_host_of(const silex::Plugin& plugin, std::string& asked, bool must_be_adapter) {
  bool detected = false;
  const Status status = silex::AdapterPort::detect(plugin, detected);
  if (status.ok()) {
    asked += (asked.empty() ? "'" : ", '") + silex::AdapterPort::name_in(plugin) + "'";
  } else if (must_be_adapter || status.code() != SILEX_ERROR_NO_FACTORY) {
    logger_->write(SILEX_LOG_WARNING, std::string("an adapter was passed over: ") + status.message());
  }
  return detected;
}

Status silex_runtime::detect_adapter() {
  std::string asked;
  for (const auto& plugin : plugins_.plugins()) {
    if (is_host_of(*plugin, asked, false)) return use_adapter_of(*plugin);
  }
  for (const auto& file : plugins_.adapter_files()) {
    silex::Plugin* plugin = nullptr;
    const std::size_t before = plugins_.plugins().size();
    Status status = plugins_.load(file.string(), plugin);
    if (!status.ok()) {
      logger_->write(SILEX_LOG_WARNING, std::string("an adapter was passed over: ") + status.message());
      continue;
    }
    if (plugins_.plugins().size() == before) continue;  // asked above
    if (is_host_of(*plugin, asked, true)) return use_adapter_of(*plugin);
    status = plugins_.unload(plugin);
    if (!status.ok()) logger_->write(SILEX_LOG_WARNING, status.message());
  }
  const std::string where = plugins_.describe_search_path();
  return {SILEX_ERROR_NO_HOST,
          "no adapter knows this process as its host; asked: " + (asked.empty() ? "none" : asked) +
              "; looked in " + (where.empty() ? "no folder: set SILEX_ADAPTER_PATH" : where)};
}

Status silex_runtime::use_adapter_of(silex::Plugin& plugin) {
  if (adapter_ && &adapter_->plugin() == &plugin) return {};
  silex::PumpTarget target{
      [this](silex_drain_report* report) { return silex_drain(this, report); },
      [this] { return silex_runtime_stop(this); },
      [this](silex_log_level level, const char* message) { logger_->write(level, message); }};
  std::unique_ptr<silex::AdapterPort> port;
  Status made = silex::AdapterPort::create(plugin, std::move(target), *logger_, port);
  if (!made.ok()) return made;
  adapter_ = std::move(port);
  adapter_name_ = adapter_->name();
  return {};
}
