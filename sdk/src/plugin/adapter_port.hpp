// An adapter of a plugin as the runtime's way to its host.
#pragma once

#include "plugin/plugin.hpp"
#include "runtime/host_port.hpp"

#include <silex/adapter.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace silex {

// What a pump handle does while its adapter is attached.
struct PumpTarget {
  std::function<silex_status(silex_drain_report*)> drain;
  std::function<silex_status()> quit;
  std::function<void(silex_log_level, const char*)> log;
};

class AdapterPort final : public HostPort {
 public:
  // Makes the plugin's adapter. SILEX_ERROR_NO_FACTORY, SILEX_ERROR_BAD_ENTRY, SILEX_ERROR_ADAPTER_FAILED.
  // [main-thread]
  static Status create(Plugin& plugin, PumpTarget target, Logger& logger, std::unique_ptr<AdapterPort>& port);
  // Whether the plugin says that this process is its host. SILEX_ERROR_NO_FACTORY where it is not an adapter.
  // [main-thread]
  static Status detect(const Plugin& plugin, bool& detected);
  // Of the adapter in the plugin; "" where it is not an adapter. [main-thread]
  static std::string name_in(const Plugin& plugin);
  ~AdapterPort() override;
  AdapterPort(const AdapterPort&) = delete;
  AdapterPort& operator=(const AdapterPort&) = delete;

  [[nodiscard]] std::string name() const override { return name_; }
  Status attach(silex_host_mode& mode) override;
  void detach() override;
  bool wake() override;

  [[nodiscard]] const Plugin& plugin() const noexcept { return plugin_; }

 private:
  class Pump;

  AdapterPort(Plugin& plugin, std::string name, const silex_adapter* adapter, PumpTarget target,
              Logger& logger);
  void release_pump();

  Plugin& plugin_;
  const std::string name_;
  const silex_adapter* const adapter_;
  const PumpTarget target_;
  Logger& logger_;
  Pump* pump_ = nullptr;
  std::mutex wake_mutex_;
  bool attached_ = false;     // guarded by wake_mutex_
  bool wake_failed_ = false;  // guarded by wake_mutex_; said once, not per call
};

}  // namespace silex
