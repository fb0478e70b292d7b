#include "plugin/adapter_port.hpp"

#include "plugin/entry_check.hpp"
#include "plugin/guarded_call.hpp"

#include <atomic>
#include <shared_mutex>
#include <utility>

namespace silex {

namespace {

Status factory_of(const Plugin& plugin, const silex_adapter_factory*& factory) {
  const void* found = nullptr;
  Status status = plugin.factory(SILEX_ADAPTER_FACTORY, found);
  if (!status.ok()) return status;
  factory = static_cast<const silex_adapter_factory*>(found);
  const std::string fault = fault_in(factory);
  if (fault.empty()) return {};
  return {SILEX_ERROR_BAD_ENTRY, "the adapter factory of plugin '" + plugin.name() + "' ('" +
                                     plugin.path().string() + "') is broken: " + fault};
}

}  // namespace

// The counted handle that outlives its port in the host's hands.
class AdapterPort::Pump : public silex_pump {
 public:
  explicit Pump(const PumpTarget& target)
      : silex_pump{sizeof(silex_pump), nullptr,    &retain_pump, &release_pump,
                   &drain_pump,        &quit_pump, &log_pump},
        target_(std::make_shared<const PumpTarget>(target)) {}

  // From now on it does nothing. Waits for a line that another thread is writing to the log.
  void disconnect() {
    const std::lock_guard lock(mutex_);
    target_.reset();
  }
  void release() {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

 private:
  static Pump& of(silex_pump* pump) { return *static_cast<Pump*>(pump); }
  std::shared_ptr<const PumpTarget> target() {
    const std::shared_lock lock(mutex_);
    return target_;
  }

  static void retain_pump(silex_pump* pump) { of(pump).references_.fetch_add(1, std::memory_order_relaxed); }
  static void release_pump(silex_pump* pump) { of(pump).release(); }
  static silex_status drain_pump(silex_pump* pump, silex_drain_report* report) {
    const auto target = of(pump).target();
    return target ? target->drain(report) : SILEX_ERROR_HOST_GONE;
  }
  static silex_status quit_pump(silex_pump* pump) {
    const auto target = of(pump).target();
    return target ? target->quit() : SILEX_OK;
  }
  static void log_pump(silex_pump* pump, silex_log_level level, const char* message) {
    // Any thread may come here: the runtime must not go before it has left.
    const std::shared_lock lock(of(pump).mutex_);
    const auto& target = of(pump).target_;
    if (target && message) target->log(level, message);
  }

  std::atomic<int> references_{1};
  std::shared_mutex mutex_;
  std::shared_ptr<const PumpTarget> target_;
};

AdapterPort::AdapterPort(Plugin& plugin, std::string name, const silex_adapter* adapter, PumpTarget target,
                         Logger& logger)
    : plugin_(plugin),
      name_(std::move(name)),
      adapter_(adapter),
      target_(std::move(target)),
      logger_(logger) {}

AdapterPort::~AdapterPort() {
  const Status destroyed =
      guarded_call("adapter '" + name_ + "'", "destroy()", [&] { adapter_->destroy(adapter_->self); });
  if (!destroyed.ok()) logger_.write(SILEX_LOG_ERROR, destroyed.message());
}

Status AdapterPort::create(Plugin& plugin, PumpTarget target, Logger& logger,
                           std::unique_ptr<AdapterPort>& port) {
  const silex_adapter_factory* factory = nullptr;
  Status status = factory_of(plugin, factory);
  if (!status.ok()) return status;
  const std::string whose = "adapter '" + std::string(factory->name) + "'";
  const silex_adapter* adapter = nullptr;
  PluginHost::forget_error();
  status = guarded_call(whose, "create()", [&] { adapter = factory->create(); });
  if (!status.ok()) return status;
  if (!adapter) {
    return {SILEX_ERROR_ADAPTER_FAILED,
            whose + " can't be made: " + PluginHost::take_error(SILEX_ERROR_ADAPTER_FAILED)};
  }
  const std::string fault = fault_in(adapter);
  if (!fault.empty()) return {SILEX_ERROR_BAD_ENTRY, whose + " is broken: " + fault};
  port.reset(new AdapterPort(plugin, factory->name, adapter, std::move(target), logger));
  return {};
}

Status AdapterPort::detect(const Plugin& plugin, bool& detected) {
  const silex_adapter_factory* factory = nullptr;
  Status status = factory_of(plugin, factory);
  if (!status.ok()) return status;
  return guarded_call("adapter '" + std::string(factory->name) + "'", "detect()",
                      [&] { detected = factory->detect(); });
}

std::string AdapterPort::name_in(const Plugin& plugin) {
  const silex_adapter_factory* factory = nullptr;
  return factory_of(plugin, factory).ok() ? factory->name : "";
}

Status AdapterPort::attach(silex_host_mode& mode) {
  pump_ = new Pump(target_);
  {
    const std::lock_guard lock(wake_mutex_);
    attached_ = true;
    wake_failed_ = false;
  }
  const std::string whose = "adapter '" + name_ + "'";
  silex_status attached = SILEX_OK;
  PluginHost::forget_error();
  Status status =
      guarded_call(whose, "attach()", [&] { attached = adapter_->attach(adapter_->self, pump_, &mode); });
  if (!status.ok()) {
    plugin_.keep_for_good("an exception left attach() of its adapter");
  } else if (attached != SILEX_OK) {
    status = {SILEX_ERROR_ADAPTER_FAILED,
              whose + " can't attach to its host: " + PluginHost::take_error(attached)};
  }
  if (!status.ok()) release_pump();
  return status;
}

void AdapterPort::detach() {
  if (!pump_) return;
  release_pump();
  const Status status =
      guarded_call("adapter '" + name_ + "'", "detach()", [&] { adapter_->detach(adapter_->self); });
  if (status.ok()) return;
  plugin_.keep_for_good("an exception left detach() of its adapter");
  logger_.write(SILEX_LOG_ERROR, status.message());
}

void AdapterPort::release_pump() {
  {
    const std::lock_guard lock(wake_mutex_);
    attached_ = false;
  }
  pump_->disconnect();
  std::exchange(pump_, nullptr)->release();
}

bool AdapterPort::wake() {
  const std::lock_guard lock(wake_mutex_);
  if (!attached_) return true;
  silex_status woken = SILEX_OK;
  PluginHost::forget_error();
  Status status =
      guarded_call("adapter '" + name_ + "'", "wake()", [&] { woken = adapter_->wake(adapter_->self); });
  if (status.ok() && woken == SILEX_OK) {
    wake_failed_ = false;
    return true;
  }
  if (status.ok()) {
    status = {SILEX_ERROR_ADAPTER_FAILED,
              "adapter '" + name_ + "' can't wake its host: " + PluginHost::take_error(woken)};
  }
  if (!std::exchange(wake_failed_, true)) logger_.write(SILEX_LOG_ERROR, status.message());
  return false;
}

}  // namespace silex
