#include "abi/configuration.hpp"

#include "config/load.hpp"
#include "platform/library.hpp"

#include <algorithm>
#include <cstdlib>

namespace silex::abi {

namespace {

const char* variable(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): we set no variable
}

void override_with(std::uint64_t nanoseconds, config::Duration& duration) {
  constexpr auto longest = static_cast<std::uint64_t>(config::Duration::max().count() / 4);
  if (nanoseconds != 0) {
    duration = config::Duration(static_cast<std::int64_t>(std::min(nanoseconds, longest)));
  }
}

void override_with(const silex_options& options, config::Config& config) {
  config::Runtime& runtime = config.runtime;
  if (options.workers != 0) runtime.workers = options.workers;
  if (options.worker_queue != 0) runtime.worker_queue = options.worker_queue;
  override_with(options.drain_budget_ns, runtime.drain_budget);
  override_with(options.linger_ns, runtime.linger);
  if (options.linger_ns == SILEX_NONE) runtime.linger = config::Duration(0);
  override_with(options.loop_stall_ns, runtime.loop_stall);
  override_with(options.slow_call_ns, runtime.slow_call);
  override_with(options.host_busy_ns, runtime.host_busy);
  override_with(options.no_pump_ns, runtime.no_pump);
  override_with(options.stop_timeout_ns, runtime.stop_timeout);
  // Folders with separators between them already: they are joined again for the registry.
  if (options.adapter_path) config.adapters.path = {options.adapter_path};
}

}  // namespace

Status configure(const silex_options& options, config::Config& config) {
  const char* file = options.config_file;
  if (!file) file = variable("SILEX_CONFIG");
  yaml::Findings findings;
  config = config::load(file ? file : "", {&variable, platform::kPathSeparator}, findings);
  if (!findings.empty()) return {SILEX_ERROR_INVALID_ARGUMENT, findings.summary(), findings.text()};
  override_with(options, config);
  return {};
}

}  // namespace silex::abi
