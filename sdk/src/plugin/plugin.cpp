#include "plugin/plugin.hpp"

#include "plugin/entry_check.hpp"
#include "plugin/guarded_call.hpp"
#include "plugin/plugin_file.hpp"
#include "version.hpp"

#include <utility>

namespace silex {

namespace {

// On the thread whose call failed: a plugin may fail on two threads at once.
thread_local std::string plugin_error;

}  // namespace

PluginHost::PluginHost(Logger& logger, const void* (*get_extension)(const silex_host*, const char*))
    : view_{sizeof(silex_host),
            SILEX_ABI_MAJOR,
            SILEX_ABI_MINOR,
            kVersion,
            this,
            [](const silex_host* /*host*/, const char* message) { plugin_error = message ? message : ""; },
            [](const silex_host* host, silex_log_level level, const char* message) {
              if (message) static_cast<PluginHost*>(host->impl)->logger_.write(level, message);
            },
            get_extension},
      logger_(logger) {}

std::string PluginHost::take_error(silex_status status) {
  std::string error = std::exchange(plugin_error, {});
  return error.empty() ? "no reason given (status " + std::to_string(status) + ")" : error;
}

void PluginHost::forget_error() noexcept {
  plugin_error.clear();
}

Plugin::Plugin(std::filesystem::path path, platform::Library library, const silex_plugin_entry* entry,
               const PluginHost& host)
    : path_(std::move(path)), library_(std::move(library)), entry_(entry), host_(host), name_(entry->name) {}

Plugin::~Plugin() {
  if (initialised_) library_.keep_for_good();
}

Status Plugin::open(const std::filesystem::path& path, const PluginHost& host,
                    std::unique_ptr<Plugin>& plugin) {
  Status file = check_plugin_file(path);
  if (!file.ok()) return file;
  platform::Library library;
  std::string why;
  bool opened = false;
  Status called = guarded_call("'" + path.string() + "'", "a static initialiser",
                               [&] { opened = platform::Library::open(path, library, why); });
  if (!called.ok()) {
    // It went through dlopen(), which holds its lock ever since. This thread may take it again.
    return {called.code(),
            called.message() + std::string("; any other thread that loads a library will hang: "
                                           "save your work and restart the host")};
  }
  if (!opened) {
    return {SILEX_ERROR_LIBRARY_LOAD, "the system can't load '" + path.string() + "': " + why};
  }
  const auto* entry = static_cast<const silex_plugin_entry*>(library.symbol(SILEX_PLUGIN_SYMBOL));
  Status checked = check_entry(path, entry);
  if (checked.ok()) plugin.reset(new Plugin(path, std::move(library), entry, host));
  return checked;
}

Status Plugin::init() {
  const std::string whose = "plugin '" + name_ + "' ('" + path_.string() + "')";
  silex_status status = SILEX_OK;
  PluginHost::forget_error();
  Status called = guarded_call(whose, "init()", [&] { status = entry_->init(host_.view()); });
  if (!called.ok()) {
    keep_for_good("an exception left its init()");
    return called;
  }
  if (status != SILEX_OK) {
    return {SILEX_ERROR_INIT_FAILED, whose + " refused to start: " + PluginHost::take_error(status)};
  }
  initialised_ = true;
  return {};
}

Status Plugin::unload() {
  if (std::exchange(initialised_, false)) {
    silex_status status = SILEX_OK;
    PluginHost::forget_error();
    Status called =
        guarded_call("plugin '" + name_ + "'", "deinit()", [&] { status = entry_->deinit(host_.view()); });
    if (!called.ok()) {
      keep_for_good("an exception left its deinit()");
      return called;
    }
    if (status != SILEX_OK) keep_for_good("it is busy: " + PluginHost::take_error(status));
  }
  library_ = {};
  if (kept_because_.empty()) return {};
  return {SILEX_ERROR_PLUGIN_BUSY,
          "the code of plugin '" + name_ + "' stays loaded until the process ends, because " + kept_because_};
}

void Plugin::keep_for_good(const std::string& why) {
  if (kept_because_.empty()) kept_because_ = why;
  library_.keep_for_good();
}

Status Plugin::factory(const char* id, const void*& factory) const {
  factory = nullptr;
  Status called =
      guarded_call("plugin '" + name_ + "'", "get_factory()", [&] { factory = entry_->get_factory(id); });
  if (!called.ok()) return called;
  if (factory) return {};
  return {SILEX_ERROR_NO_FACTORY,
          "plugin '" + name_ + "' ('" + path_.string() + "') has no factory '" + id + "'"};
}

}  // namespace silex
