// silex/runtime.h, silex/log.h, silex/metrics.h
#include "abi/report.hpp"
#include "abi/runtime_handle.hpp"

#include <silex/runtime.h>

#include <cstddef>

using silex::Status;
using silex::abi::guard;
using silex::abi::missing_argument;

namespace {

// The handle that the ABI hands out for a plugin.
silex_plugin_handle* to_handle(silex::Plugin* plugin) {
  return reinterpret_cast<silex_plugin_handle*>(plugin);
}
const silex::Plugin* from_handle(const silex_plugin_handle* handle) {
  return reinterpret_cast<const silex::Plugin*>(handle);
}

}  // namespace

silex_status silex_runtime_create(const silex_options* options, silex_runtime** runtime) {
  return guard([&]() -> Status {
    if (!runtime) return missing_argument("the place for the runtime");
    *runtime = nullptr;
    silex_options known{};
    if (options && !silex::abi::copy_struct(options, sizeof(silex_options), known)) {
      return missing_argument("silex_options");
    }
    if (known.workers > 1024) {
      return {SILEX_ERROR_INVALID_ARGUMENT,
              "silex_options.workers is " + std::to_string(known.workers) + ": it must be from 1 to 1024"};
    }
    silex::platform::watch_for_forks();
    *runtime = new silex_runtime(known);
    return {};
  });
}

silex_status silex_runtime_start(silex_runtime* runtime) {
  return guard([&] { return runtime ? runtime->start() : missing_argument("the runtime"); });
}

silex_status silex_runtime_stop(silex_runtime* runtime) {
  return guard([&] { return runtime ? runtime->stop() : missing_argument("the runtime"); });
}

bool silex_runtime_is_running(const silex_runtime* runtime) {
  return runtime && runtime->is_running();
}

silex_status silex_runtime_destroy(silex_runtime* runtime) {
  return guard([&]() -> Status {
    if (!runtime) return {};
    Status ready = runtime->prepare_to_go();
    // After SILEX_ERROR_TIMED_OUT it is stopped all the same.
    if (ready.ok() || ready.code() == SILEX_ERROR_TIMED_OUT) {
      if (!runtime->is_forked()) delete runtime;
    }
    return ready;
  });
}

silex_thread silex_current_thread(const silex_runtime* runtime) {
  if (!runtime || runtime->is_forked()) return SILEX_THREAD_OTHER;
  const auto core = const_cast<silex_runtime*>(runtime)->hold_core();
  return core ? core->current_thread() : SILEX_THREAD_OTHER;
}

silex_status silex_plugin_load(silex_runtime* runtime, const char* name, silex_plugin_handle** plugin) {
  return guard([&]() -> Status {
    if (!runtime || !name || !*name) return missing_argument("the runtime or the plugin's name");
    silex::Plugin* loaded = nullptr;
    Status status = runtime->load_plugin(name, loaded);
    if (status.ok() && plugin) *plugin = to_handle(loaded);
    return status;
  });
}

silex_status silex_plugin_unload(silex_runtime* runtime, silex_plugin_handle* plugin) {
  return guard([&] {
    return runtime ? runtime->unload_plugin(from_handle(plugin)) : missing_argument("the runtime");
  });
}

const char* silex_plugin_name(const silex_plugin_handle* plugin) {
  return plugin ? from_handle(plugin)->name().c_str() : "";
}

silex_status silex_adapter_choose(silex_runtime* runtime, const char* name) {
  return guard([&] { return runtime ? runtime->choose_adapter(name) : missing_argument("the runtime"); });
}

const char* silex_adapter_name(const silex_runtime* runtime) {
  return runtime ? runtime->adapter_name().c_str() : "";
}

silex_status silex_log(silex_runtime* runtime, silex_log_level level, const char* message) {
  return guard([&]() -> Status {
    if (!runtime || !message) return missing_argument("the runtime or the message");
    if (level < SILEX_LOG_DEBUG || level > SILEX_LOG_CRITICAL) {
      return {SILEX_ERROR_INVALID_ARGUMENT,
              "there is no log level " + std::to_string(static_cast<int>(level))};
    }
    runtime->logger().write(level, message);
    return {};
  });
}

silex_status silex_metrics_read(silex_runtime* runtime, silex_metrics* metrics) {
  return guard([&]() -> Status {
    if (!runtime || !metrics || metrics->size < sizeof metrics->size) {
      return missing_argument("the runtime or the size of silex_metrics");
    }
    const silex::GatePass pass(runtime->reachable());
    if (!pass || runtime->is_forked()) return runtime->refusal();
    silex_metrics all{};
    runtime->core().read(all);
    all.size = metrics->size;
    std::memcpy(metrics, &all, std::min<std::size_t>(metrics->size, sizeof all));
    return {};
  });
}
