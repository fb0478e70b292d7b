#include "plugin/plugin.hpp"

#include "plugin/guarded_call.hpp"
#include "version.hpp"

#include <cstddef>
#include <utility>

namespace silex {

namespace {

// On the thread whose call failed: a plugin may fail on two threads at once.
thread_local std::string plugin_error;

Status check_file(const std::filesystem::path& path) {
  const std::string file = "'" + path.string() + "'";
  std::error_code why;
  switch (platform::inspect_library(path, why)) {
    case platform::FileProblem::none:
      return {};
    case platform::FileProblem::missing:
      return {SILEX_ERROR_FILE_NOT_FOUND, "there is no file " + file + ": check the path"};
    case platform::FileProblem::not_a_file:
      return {SILEX_ERROR_NOT_A_FILE, file + " is not a file but a folder or a device: name a library"};
    case platform::FileProblem::unreadable:
      return {SILEX_ERROR_LIBRARY_LOAD,
              file + " can't be read (" + why.message() + "): check its permissions and those of its folder"};
    case platform::FileProblem::empty:
      return {SILEX_ERROR_NOT_A_LIBRARY, file + " is empty: copy it again"};
    case platform::FileProblem::other_format:
      return {SILEX_ERROR_NOT_A_LIBRARY,
              file + " is not a shared library: a plugin ends in " + std::string(platform::kLibraryEnding)};
    case platform::FileProblem::cut_short:
      return {SILEX_ERROR_NOT_A_LIBRARY, file + " is cut short: copy it again"};
    case platform::FileProblem::other_machine:
      return {SILEX_ERROR_NOT_A_LIBRARY,
              file + " is a library for another kind of machine: build it for this one"};
  }
  return {};
}

bool is_name(const std::string& name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

// What is wrong with an entry, "" if nothing is.
std::string fault_in(const silex_plugin_entry& entry) {
  if (entry.size < sizeof(silex_plugin_entry)) return "its size is smaller than that of the first version";
  if (!entry.name || !*entry.name) return "it has no name";
  if (!is_name(entry.name)) {
    return "its name, '" + std::string(entry.name) + "', has other characters than a-z, 0-9, _ and -";
  }
  if (!entry.version) return "it has no version";
  if (!entry.init) return "it has no init()";
  if (!entry.deinit) return "it has no deinit()";
  if (!entry.get_factory) return "it has no get_factory()";
  return {};
}

Status check_entry(const std::filesystem::path& path, const silex_plugin_entry* entry) {
  const std::string file = "'" + path.string() + "'";
  if (!entry) {
    return {SILEX_ERROR_NO_ENTRY,
            file + " exports no '" SILEX_PLUGIN_SYMBOL "': it is not a Silex plugin, or its entry is hidden"};
  }
  // Majors first: of another one, no other member means what it means here.
  if (entry->size >= offsetof(silex_plugin_entry, abi_minor) && entry->abi_major != SILEX_ABI_MAJOR) {
    return {SILEX_ERROR_ABI_MISMATCH, file + " was built for version " + std::to_string(entry->abi_major) +
                                          " of the Silex ABI, and this is version " +
                                          std::to_string(SILEX_ABI_MAJOR) +
                                          ": get the plugin for this version"};
  }
  const std::string fault = fault_in(*entry);
  if (!fault.empty()) return {SILEX_ERROR_BAD_ENTRY, "the entry of " + file + " is broken: " + fault};
  return {};
}

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
  Status file = check_file(path);
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
