#include "doctor.hpp"

#include "action/definition/search_path.hpp"
#include "config/load.hpp"
#include "doctor_host.hpp"
#include "exit_code.hpp"
#include "host_manifest.hpp"
#include "known_commands.hpp"
#include "platform/library.hpp"
#include "platform/process.hpp"
#include "plugin/plugin_file.hpp"
#include "report.hpp"
#include "shared_folder.hpp"
#include "version.hpp"

#include <silex/silex.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

const char* variable(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): we set no variable
}

void look_at_configuration(Report& report, config::Config& config) {
  const char* file = variable("SILEX_CONFIG");
  yaml::Findings findings;
  config = config::load(file ? file : "", {&variable, platform::kPathSeparator}, findings);
  for (const yaml::Finding& finding : findings.kept()) report.wrong("configuration", yaml::to_text(finding));
  if (!findings.empty()) return;
  report.fine("configuration", file ? file : "the defaults; SILEX_CONFIG names no file");
}

std::set<std::string> command_paths(silex_runtime* runtime) {
  std::set<std::string> paths;
  for (const json& command : known_commands(runtime)) paths.insert(command["path"].get<std::string>());
  return paths;
}

void look_at_adapters(Report& report, const Runtime& runtime, const config::Config& config) {
  if (config.adapters.path.empty()) {
    return report.wrong("adapters", "no folder to look in: set SILEX_ADAPTER_PATH");
  }
  for (const fs::path folder : config.adapters.path) {
    if (const Status usable = check_plugin_folder(folder); !usable.ok()) {
      report.wrong("adapters", usable.message());
      continue;
    }
    std::error_code error;
    std::size_t libraries = 0;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      if (at->path().extension() != platform::kLibraryEnding) continue;
      look_at_adapter(report, runtime.handle(), at->path());
      ++libraries;
    }
    if (error) {
      report.wrong("adapters", folder.string() + ": " + error.message());
    } else if (libraries == 0) {
      report.wrong("adapters", folder.string() + " holds neither an adapter nor a pack of commands");
    }
  }
}

void look_at_actions(Report& report) {
  const char* roots = variable("SILEX_ACTION_CONFIG");
  if (!roots || !*roots) return report.fine("actions", "none; SILEX_ACTION_CONFIG names no folder");
  const action::SearchPath search_path(roots, platform::kPathSeparator);
  for (const fs::path& root : search_path.roots()) {
    if (!fs::is_directory(root)) report.wrong("actions", "there is no folder " + root.string());
  }
  const std::size_t count = search_path.names("action").size();
  if (count == 0) {
    return report.wrong("actions", "there is none in " + std::string(roots) +
                                       ": an action is FOLDER/action/NAME.yml, and SILEX_ACTION_CONFIG "
                                       "names FOLDER");
  }
  report.fine("actions", std::to_string(count) + " found; `silex check` looks into them");
}

void look_at_service(Report& report, const Runtime& runtime, const config::Config& config) {
  struct Answer {
    bool is_there;
    std::string message;
  };
  const auto answer = std::make_shared<std::promise<Answer>>();
  ConnectionOptions options;
  options.on_state = [answer, told = false](const ConnectionState& state) mutable {
    const bool is_there = state.kind == SILEX_CONNECTION_CONNECTED;
    if (!std::exchange(told, told || is_there || state.kind == SILEX_CONNECTION_DISCONNECTED) && told) {
      answer->set_value({is_there, state.message});
    }
  };
  const Connection connection(runtime.context(), options);
  const Answer told = answer->get_future().get();
  if (told.is_there) return report.fine("service", config.service.url + " answers");
  report.wrong("service", told.message);
}

// Where adapters and what they say of their hosts may be: a package has this program in a folder beside them.
std::vector<fs::path> manifest_folders(const config::Config& config) {
  std::vector<fs::path> folders(config.adapters.path.begin(), config.adapters.path.end());
  folders.push_back(platform::program_file().parent_path().parent_path() / "lib");
  if (const auto known = shared_folder("hosts", "adapters", "")) {
    folders.push_back(*known);
    std::error_code error;
    for (const auto& each : fs::directory_iterator(*known, error)) {
      if (each.is_directory()) folders.push_back(each.path());  // in a build folder
    }
  }
  return folders;
}

// Nothing, and why is printed, where nothing is known of that host.
std::optional<HostManifest> manifest_of(const std::string& host, const config::Config& config) {
  const auto folders = manifest_folders(config);
  const fs::path file = find_host_manifest(host, folders);
  if (file.empty()) {
    std::cerr << "silex: nothing is known of the host '" << host << "'; known are:";
    for (const std::string& name : hosts_in(folders)) std::cerr << " " << name;
    std::cerr << " (put its adapter's folder on SILEX_ADAPTER_PATH)" << std::endl;
    return std::nullopt;
  }
  yaml::Findings findings;
  auto manifest = read_host_manifest(file, findings);
  if (!manifest) std::cerr << findings.text() << std::endl;
  return manifest;
}

}  // namespace

void look_at_adapter(Report& report, silex_runtime* runtime, const fs::path& file) {
  const std::set<std::string> before = command_paths(runtime);
  silex_plugin_handle* plugin = nullptr;
  if (silex_plugin_load(runtime, file.c_str(), &plugin) != SILEX_OK) {
    return report.wrong("adapter", silex_last_error()->message);
  }
  std::string commands;
  for (const std::string& path : command_paths(runtime)) {
    if (!before.contains(path)) commands += (commands.empty() ? ": " : ", ") + path;
  }
  report.fine(commands.empty() ? "adapter" : "commands",
              std::string(silex_plugin_name(plugin)) + " (" + file.string() + ")" + commands);
  silex_plugin_unload(runtime, plugin);
}

int doctor(const std::string& host) {
  std::cout << "silex " << kVersion << ", ABI " << SILEX_ABI_MAJOR << "." << SILEX_ABI_MINOR << std::endl;
  Report report;
  config::Config config;
  look_at_configuration(report, config);
  if (!report.is_wrong()) {
    RuntimeOptions quiet;
    quiet.log = [](silex_log_level, std::string_view) {};
    Runtime runtime(std::move(quiet));
    if (host.empty()) {
      look_at_adapters(report, runtime, config);
    } else if (const auto manifest = manifest_of(host, config)) {
      look_at_host(report, runtime.handle(), *manifest);
    } else {
      return kUsage;
    }
    look_at_actions(report);
    runtime.start();
    look_at_service(report, runtime, config);
  }
  return report.is_wrong() ? kWrong : kFine;
}

}  // namespace silex::cli
