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
  // What the plugin said since the last call, on this thread; "no reason given" if it said nothing.
  [[nodiscard]] static std::string take_error();

 private:
  silex_host view_;
  Logger& logger_;
};

// [main-thread]
class Plugin {
 public:
  // Loads and initialises. Each way to fail has a code and a sentence of its own.
  static Status load(const std::filesystem::path& path, const PluginHost& host,
                     std::unique_ptr<Plugin>& plugin);
  ~Plugin();
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  // Ends it, before it is destroyed. Where it says that its code may still be called, or throws, the library
  // stays loaded for good.
  Status deinit();
  // Never unload its code: a thread of it was left behind.
  void keep_for_good() noexcept { library_.keep_for_good(); }

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
  bool initialised_ = false;
};

}  // namespace silex
