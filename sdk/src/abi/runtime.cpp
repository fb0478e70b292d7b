// silex/runtime.h, silex/log.h, silex/metrics.h
#include "abi/configuration.hpp"
#include "abi/other_copies.hpp"
#include "abi/report.hpp"
#include "abi/runtime_handle.hpp"
#include "platform/exceptions.hpp"

#include <silex/runtime.h>

#include <cstddef>

using silex::Status;
using silex::abi::guard;
using silex::abi::null_argument;
using silex::abi::null_runtime;

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
    if (!runtime) return null_argument("the place for the runtime", "pass the address of a pointer");
    *runtime = nullptr;
    silex_options known{};
    if (options) {
      Status copied =
          silex::abi::copy_struct("silex_options", options, offsetof(silex_options, config_file), known);
      if (!copied.ok()) return copied;
    }
    if (known.reserved != 0) {
      return {SILEX_ERROR_INVALID_ARGUMENT, "silex_options.reserved is " + std::to_string(known.reserved) +
                                                ": it must be 0 until it has a meaning"};
    }
    if (known.workers > 1024) {
      return {SILEX_ERROR_INVALID_ARGUMENT,
              "silex_options.workers is " + std::to_string(known.workers) + ": it must be from 1 to 1024"};
    }
    silex::config::Config config;
    Status configured = silex::abi::configure(known, config);
    if (!configured.ok()) return configured;
    silex::platform::watch_for_forks();
    silex::platform::prepare_to_catch();
    *runtime = new silex_runtime(config, known);
    silex::abi::warn_of_other_copies((*runtime)->logger());
    return {};
  });
}

silex_status silex_runtime_start(silex_runtime* runtime) {
  return guard([&] { return runtime ? runtime->start() : null_runtime(); });
}

silex_status silex_runtime_stop(silex_runtime* runtime) {
  return guard([&] { return runtime ? runtime->stop() : null_runtime(); });
}

bool silex_runtime_is_running(const silex_runtime* runtime) {
  return runtime && runtime->is_running();
}

silex_status silex_runtime_destroy(silex_runtime* runtime) {
  return guard([&]() -> Status {
    if (!runtime) return {};
    Status ready = runtime->prepare_to_go();
    // After SILEX_ERROR_TIMED_OUT it is stopped all the same.
    if (ready.ok() || ready.code() == SILEX_ERROR_TIMED_OUT) runtime->go();
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
    if (!runtime) return null_runtime();
    if (!name || !*name) {
      return {SILEX_ERROR_INVALID_ARGUMENT, "the plugin's name is empty: pass a path, or a name to look for"};
    }
    silex::Plugin* loaded = nullptr;
    Status status = runtime->load_plugin(name, loaded);
    if (status.ok() && plugin) *plugin = to_handle(loaded);
    return status;
  });
}

silex_status silex_plugin_unload(silex_runtime* runtime, silex_plugin_handle* plugin) {
  return guard([&] {
    if (!runtime) return null_runtime();
    return plugin ? runtime->unload_plugin(from_handle(plugin))
                  : null_argument("the plugin", "pass what silex_plugin_load() gave");
  });
}

const char* silex_plugin_name(const silex_plugin_handle* plugin) {
  return plugin ? from_handle(plugin)->name().c_str() : "";
}

silex_status silex_adapter_choose(silex_runtime* runtime, const char* name) {
  return guard([&]() -> Status {
    if (!runtime) return null_runtime();
    if (name && !*name) {
      return {SILEX_ERROR_INVALID_ARGUMENT,
              "the adapter's name is empty: pass NULL to choose the one whose host this process is"};
    }
    return runtime->choose_adapter(name);
  });
}

const char* silex_adapter_name(const silex_runtime* runtime) {
  return runtime ? runtime->adapter_name().c_str() : "";
}

silex_status silex_log(silex_runtime* runtime, silex_log_level level, const char* message) {
  return guard([&]() -> Status {
    if (!runtime) return null_runtime();
    if (!message) return null_argument("the message", "pass a line of text");
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
    if (!runtime) return null_runtime();
    if (!metrics) return null_argument("silex_metrics", "pass one with its size set");
    if (metrics->size < sizeof metrics->size) {
      return silex::abi::small_struct("silex_metrics", metrics->size, sizeof metrics->size);
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
