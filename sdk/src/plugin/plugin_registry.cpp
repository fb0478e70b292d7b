#include "plugin/plugin_registry.hpp"

#include "plugin/plugin_file.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace silex {

namespace {

const std::string kAdapterPrefix = "silex_adapter_";
const std::string kPluginPrefix = "silex_";

bool is_path(const std::string& name) {
  return name.find('/') != std::string::npos ||
         name.find(static_cast<char>(std::filesystem::path::preferred_separator)) != std::string::npos;
}

}  // namespace

PluginRegistry::PluginRegistry(Logger& logger, const std::string& search_path,
                               const void* (*get_extension)(const silex_host*, const char*))
    : logger_(logger), folders_(split_search_path(search_path)), host_(logger, get_extension) {}

PluginRegistry::~PluginRegistry() {
  while (!plugins_.empty()) {
    const Status ended = unload(plugins_.back().get());
    if (!ended.ok()) logger_.write(SILEX_LOG_WARNING, ended.message());
  }
}

Status PluginRegistry::load(const std::string& name, Plugin*& plugin) {
  if (is_path(name)) return load_file(name, plugin);
  std::filesystem::path path;
  Status found = find(name, path);
  return found.ok() ? load_file(path, plugin) : found;
}

Status PluginRegistry::find(const std::string& name, std::filesystem::path& path) const {
  for (const auto& folder : usable_folders()) {
    for (const std::string& prefix : {kAdapterPrefix, kPluginPrefix}) {
      path = folder / (prefix + name + platform::kLibraryEnding);
      std::error_code unused;  // what is wrong with the file is said when it is loaded
      if (platform::inspect_library(path, unused) != platform::FileProblem::missing) return {};
    }
  }
  const std::string wanted = "'" + kAdapterPrefix + name + platform::kLibraryEnding + "' or '" +
                             kPluginPrefix + name + platform::kLibraryEnding + "'";
  if (folders_.empty()) {
    return {SILEX_ERROR_FILE_NOT_FOUND,
            "there is nowhere to look for " + wanted + ": set SILEX_ADAPTER_PATH to the folders of plugins"};
  }
  return {SILEX_ERROR_FILE_NOT_FOUND,
          "there is no " + wanted + " on the adapter path: " + describe_search_path()};
}

Status PluginRegistry::load_file(const std::filesystem::path& file, Plugin*& plugin) {
  // Absolute: the process may change its folder while the plugin is loaded.
  const std::filesystem::path path = std::filesystem::absolute(file);
  std::error_code error;
  const auto same_file = [&](const auto& loaded) {
    return std::filesystem::equivalent(loaded->path(), path, error);
  };
  const auto known = std::find_if(plugins_.begin(), plugins_.end(), same_file);
  if (known != plugins_.end()) {
    plugin = known->get();
    return {};
  }
  std::unique_ptr<Plugin> loaded;
  Status status = Plugin::open(path, host_, loaded);
  if (!status.ok()) return status;
  for (const auto& other : plugins_) {
    if (other->name() != loaded->name()) continue;
    return {SILEX_ERROR_DUPLICATE_NAME, "two plugins are called '" + loaded->name() + "': '" +
                                            other->path().string() + "', which is loaded, and '" +
                                            path.string() + "': remove one of them"};
  }
  status = loaded->init();
  if (!status.ok()) return status;
  plugin = loaded.get();
  plugins_.push_back(std::move(loaded));
  return {};
}

Status PluginRegistry::unload(const Plugin* plugin) {
  const auto found = std::find_if(plugins_.begin(), plugins_.end(),
                                  [&](const auto& loaded) { return loaded.get() == plugin; });
  if (found == plugins_.end()) {
    return {SILEX_ERROR_NOT_FOUND, "this plugin is not loaded: it was unloaded before"};
  }
  unloaded_.push_back(std::move(*found));
  plugins_.erase(found);
  return unloaded_.back()->unload();
}

void PluginRegistry::keep_for_good(const std::string& why) {
  for (const auto& plugin : plugins_) plugin->keep_for_good(why);
}

bool PluginRegistry::has(const Plugin* plugin) const {
  return std::any_of(plugins_.begin(), plugins_.end(),
                     [&](const auto& loaded) { return loaded.get() == plugin; });
}

std::vector<std::filesystem::path> PluginRegistry::adapter_files() const {
  return files_with(kAdapterPrefix);
}

std::vector<std::filesystem::path> PluginRegistry::command_pack_files() const {
  return files_with("silex_commands_");
}

std::vector<std::filesystem::path> PluginRegistry::files_with(const std::string& prefix) const {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : usable_folders()) {
    std::error_code error;
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
      const std::string name = at->path().filename().string();
      if (name.starts_with(prefix) && at->path().extension() == platform::kLibraryEnding) {
        files.push_back(at->path());
      }
    }
    std::sort(files.begin() + first, files.end());
    if (error) {
      logger_.write(SILEX_LOG_WARNING, "a folder of the adapter path could not be read to its end: '" +
                                           folder.string() + "': " + error.message());
    }
  }
  return files;
}

std::vector<std::filesystem::path> PluginRegistry::usable_folders() const {
  std::vector<std::filesystem::path> usable;
  for (const auto& folder : folders_) {
    const Status status = check_plugin_folder(folder);
    if (status.ok()) {
      usable.push_back(folder);
    } else if (status.code() != SILEX_ERROR_FILE_NOT_FOUND && said_.insert(status.message()).second) {
      logger_.write(SILEX_LOG_WARNING, status.message());
    }
  }
  return usable;
}

std::string PluginRegistry::describe_search_path() const {
  std::string text;
  for (const auto& folder : folders_) text += (text.empty() ? "'" : ", '") + folder.string() + "'";
  return text;
}

}  // namespace silex
