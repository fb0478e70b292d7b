#include "doctor.hpp"

#include "action/definition/search_path.hpp"
#include "config/load.hpp"
#include "exit_code.hpp"
#include "platform/library.hpp"
#include "version.hpp"

#include <silex/silex.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>

namespace silex::cli {

namespace {

namespace fs = std::filesystem;

const char* variable(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe): we set no variable
}

class Report {
 public:
  void fine(const std::string& what, const std::string& line) { print("ok", what, line); }
  void wrong(const std::string& what, const std::string& line) {
    print("wrong", what, line);
    is_wrong_ = true;
  }
  [[nodiscard]] bool is_wrong() const noexcept { return is_wrong_; }

 private:
  static void print(const char* mark, const std::string& what, const std::string& line) {
    std::cout << std::left << std::setw(6) << mark << std::setw(14) << what << line << std::endl;
  }
  bool is_wrong_ = false;
};

void look_at_configuration(Report& report, config::Config& config) {
  const char* file = variable("SILEX_CONFIG");
  yaml::Findings findings;
  config = config::load(file ? file : "", {&variable, platform::kPathSeparator}, findings);
  for (const yaml::Finding& finding : findings.kept()) report.wrong("configuration", yaml::to_text(finding));
  if (!findings.empty()) return;
  report.fine("configuration", file ? file : "the defaults; SILEX_CONFIG names no file");
}

// One that cannot be loaded says why.
void look_at_adapter(Report& report, silex_runtime* runtime, const fs::path& file) {
  silex_plugin_handle* plugin = nullptr;
  if (silex_plugin_load(runtime, file.c_str(), &plugin) != SILEX_OK) {
    return report.wrong("adapter", silex_last_error()->message);
  }
  report.fine("adapter", std::string(silex_plugin_name(plugin)) + " (" + file.string() + ")");
  silex_plugin_unload(runtime, plugin);
}

void look_at_adapters(Report& report, const Runtime& runtime, const config::Config& config) {
  if (config.adapters.path.empty()) {
    return report.wrong("adapters", "no folder to look in: set SILEX_ADAPTER_PATH");
  }
  for (const fs::path folder : config.adapters.path) {
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
      report.wrong("adapters", folder.string() + " holds no adapter");
    }
  }
}

void look_at_actions(Report& report) {
  const char* roots = variable("SILEX_ACTION_CONFIG");
  if (!roots) return report.fine("actions", "none; SILEX_ACTION_CONFIG names no folder");
  const action::SearchPath search_path(roots, platform::kPathSeparator);
  for (const fs::path& root : search_path.roots()) {
    if (!fs::is_directory(root)) report.wrong("actions", "there is no folder " + root.string());
  }
  const std::size_t count = search_path.names("action").size();
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

}  // namespace

int doctor() {
  std::cout << "silex " << kVersion << ", ABI " << SILEX_ABI_MAJOR << "." << SILEX_ABI_MINOR << std::endl;
  Report report;
  config::Config config;
  look_at_configuration(report, config);
  if (!report.is_wrong()) {
    RuntimeOptions quiet;
    quiet.log = [](silex_log_level, std::string_view) {};
    Runtime runtime(std::move(quiet));
    look_at_adapters(report, runtime, config);
    look_at_actions(report);
    runtime.start();
    look_at_service(report, runtime, config);
  }
  return report.is_wrong() ? kWrong : kFine;
}

}  // namespace silex::cli
