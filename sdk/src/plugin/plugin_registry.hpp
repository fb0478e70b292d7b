// The plugins of a runtime: found by path or by name, loaded once, unloaded when nobody can call them any
// more.
#pragma once

#include "plugin/plugin.hpp"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace silex {

// [main-thread]
class PluginRegistry {
 public:
  // `search_path`: folders, separated as in PATH.
  PluginRegistry(Logger& logger, const std::string& search_path,
                 const void* (*get_extension)(const silex_host*, const char*));
  ~PluginRegistry();

  // A path (something with a separator in it) or a name; see silex_plugin_load().
  Status load(const std::string& name, Plugin*& plugin);
  Status unload(const Plugin* plugin);
  // Never unload the code of those that are loaded now; see Plugin::keep_for_good().
  void keep_for_good(const std::string& why);

  [[nodiscard]] const std::vector<std::unique_ptr<Plugin>>& plugins() const noexcept { return plugins_; }
  // All libraries of adapters on the search path, in its order, by name within a folder.
  [[nodiscard]] std::vector<std::filesystem::path> adapter_files() const;
  // The same of packs of commands, silex_commands_*.
  [[nodiscard]] std::vector<std::filesystem::path> command_pack_files() const;
  // Whether it is one of those that are loaded.
  [[nodiscard]] bool has(const Plugin* plugin) const;
  // The search path for people, "" if it is empty.
  [[nodiscard]] std::string describe_search_path() const;

 private:
  Status find(const std::string& name, std::filesystem::path& path) const;
  std::vector<std::filesystem::path> files_with(const std::string& prefix) const;
  // The folders of the search path that may be looked into now; why one may not is logged, once.
  std::vector<std::filesystem::path> usable_folders() const;
  Status load_file(const std::filesystem::path& file, Plugin*& plugin);

  Logger& logger_;
  std::vector<std::filesystem::path> folders_;
  mutable std::set<std::string> said_;
  PluginHost host_;
  std::vector<std::unique_ptr<Plugin>> plugins_;
  // Without their code: so that a handle to one of them never comes to mean another plugin.
  std::vector<std::unique_ptr<Plugin>> unloaded_;
};

}  // namespace silex
