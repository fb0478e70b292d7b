// One plugin: its library, its checked entry, and calls into it that let no exception out.
#pragma once

#include "platform/library.hpp"
#include "runtime/logger.hpp"
#include "runtime/status.hpp"

#include <silex/plugin.h>

#include <filesystem>
#include <memory>
#include <string>

namespace silex {

// What a plugin is given at init(), with what it says through set_error().
class PluginHost {
 public:
  PluginHost(Logger& logger, const void* (*get_extension)(const silex_host*, const char*));

  [[nodiscard]] const silex_host* view() const noexcept { return &view_; }
  // Why the plugin returned `status`: what it said since forget_error(), on this thread, or that it said
  // nothing.
  [[nodiscard]] static std::string take_error(silex_status status);
  static void forget_error() noexcept;

 private:
  silex_host view_;
  Logger& logger_;
};

// [main-thread]
class Plugin {
 public:
  // Loads the library and checks its entry, of which nothing is called yet. Each way to fail has a code and a
  // sentence of its own, here and in init().
  static Status open(const std::filesystem::path& path, const PluginHost& host,
                     std::unique_ptr<Plugin>& plugin);
  ~Plugin();
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  Status init();
  // Ends it, if init() succeeded, and unloads its code: all that is left is its name. Where the code may
  // still be called, it stays loaded for good, and the status says why.
  Status unload();
  // Never unload its code. `why` completes "its code stays loaded until the process ends, because".
  void keep_for_good(const std::string& why);

  // The factory, or SILEX_ERROR_NO_FACTORY.
  Status factory(const char* id, const void*& factory) const;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  Plugin(std::filesystem::path path, platform::Library library, const silex_plugin_entry* entry,
         const PluginHost& host);

  const std::filesystem::path path_;
  platform::Library library_;
  const silex_plugin_entry* const entry_;
  const PluginHost& host_;
  const std::string name_;
  std::string kept_because_;  // "" where its code may go
  bool initialised_ = false;
};

}  // namespace silex
