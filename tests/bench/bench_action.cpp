// Actions beside the same work in plain Python: one progress update in actions of different sizes, many
// actions at once, and the loading of definitions. Usage: bench_action [quick]
#include "action/definition/load.hpp"
#include "action/run/live_action.hpp"
#include "bench_process.hpp"

#include <silex/action.hpp>
#include <silex/silex.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
namespace action = silex::action;
using Clock = std::chrono::steady_clock;
using nlohmann::json;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// As a command has them: some parameters, a line of log.
action::Action action_of(int commands) {
  action::Action made;
  made.name = made.uuid = "action";
  for (int step = 0; step * 10 < commands; ++step) {
    made.steps.emplace_back();
    made.steps.back().name = "step" + std::to_string(step);
    for (int number = 0; number < 10; ++number) {
      action::Command command;
      command.name = command.uuid = "command" + std::to_string(number);
      for (int of = 0; of < 3; ++of) {
        action::Parameter parameter;
        parameter.name = "parameter" + std::to_string(of);
        parameter.value = "value";
        command.parameters.push_back(std::move(parameter));
      }
      made.steps.back().commands.push_back(std::move(command));
    }
  }
  return made;
}

// Microseconds for a change of a command's progress, up to the text of the diff that the service is sent.
double update_cost(int commands, int updates) {
  action::LiveAction live(action_of(commands), [] {});
  live.take_whole();
  const auto steps = static_cast<std::size_t>(commands / 10);
  std::size_t bytes = 0;
  const auto begin = Clock::now();
  for (int update = 0; update < updates; ++update) {
    const auto number = static_cast<std::size_t>(update);
    const action::At at{number * 7 % steps, number % 10};
    live.set_progress(at, live.command(at).progress == 1 ? 2 : 1);
    bytes += live.take_changes().dump().size();
  }
  if (bytes == 0) std::abort();
  return seconds_since(begin) / updates * 1e6;
}

struct AtOnce {
  double seconds = 0;
  double mib = 0;
};

// So many actions of ten commands at once, with a deferred call for each command; this thread is the main
// thread.
AtOnce run_at_once(const fs::path& folder, std::size_t count) {
  fs::create_directories(folder / "action");
  std::ofstream definition(folder / "action" / "bench.yml");
  definition << "bench:\n  steps:\n    step:\n      commands:\n";
  for (int command = 0; command < 10; ++command)
    definition << "        c" << command << ": {path: bench.Defer}\n";
  definition.close();
  silex::Runtime runtime({.log = [](silex_log_level, std::string_view) {}});
  if (silex_plugin_load(runtime.handle(), SILEX_BENCH_PACK, nullptr) != SILEX_OK) std::abort();
  runtime.start();
  const double before = peak_mib();
  const auto begin = Clock::now();
  std::vector<std::unique_ptr<silex::Action>> actions;
  std::vector<silex::Action::Run> runs;
  for (std::size_t number = 0; number < count; ++number) {
    actions.push_back(std::make_unique<silex::Action>(runtime.context(), "bench",
                                                      silex::ActionOptions{.roots = folder.string()}));
    runs.push_back(actions.back()->execute());
  }
  for (auto& run : runs) {
    if (run.wait().end != SILEX_ACTION_COMPLETED) std::abort();
  }
  return {seconds_since(begin), peak_mib() - before};
}

// Definitions of 50 commands each; each inherits from one that inherits from one that inherits from one.
void write_definitions(const fs::path& folder, int count) {
  const fs::path in = folder / "action";
  fs::create_directories(in);
  const auto body = [&](std::ofstream& file) {
    file << "  steps:\n";
    for (int step = 0; step < 5; ++step) {
      file << "    step" << step << ":\n      index: " << step << "\n      commands:\n";
      for (int command = 0; command < 10; ++command) {
        file << "        command" << command << ":\n          path: studio.Command\n          parameters:\n"
             << "            name: value\n            count: " << command << "\n";
      }
    }
  };
  std::ofstream base(in / "base.yml");
  base << "base:\n";
  body(base);
  base.close();
  std::ofstream(in / "middle.yml") << "middle: !inherit {parent: .base, label: Middle}\n";
  std::ofstream(in / "top.yml") << "top: !inherit {parent: .middle, tooltip: Top}\n";
  for (int number = 0; number < count; ++number) {
    const std::string name = "d" + std::to_string(number);
    std::ofstream file(in / (name + ".yml"));
    file << name << ": !inherit\n  parent: .top\n";
    body(file);
  }
}

double load(const fs::path& folder, int count) {
  const auto begin = Clock::now();
  const action::SearchPath roots(std::vector<fs::path>{folder});
  for (int number = 0; number < count; ++number) {
    silex::yaml::Findings findings;
    const auto definition =
        action::load_definition(roots, {"d" + std::to_string(number), "action", ""}, findings);
    if (!definition || definition->steps.size() != 5) std::abort();
  }
  return seconds_since(begin);
}

void row(const std::string& what, double ours, const json& python, const char* key, const char* target) {
  std::printf("%-58s | %10.4g", what.c_str(), ours);
  if (python.contains(key)) {
    const double theirs = python[key];
    std::printf(" | %10.4g %8.4fx", theirs, ours / theirs);
  } else {
    std::printf(" | %10s %9s", "-", "-");
  }
  std::printf(" | %s\n", target);
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::string(argv[1]) == "quick";
  const int definitions = quick ? 50 : 1000;
  const std::size_t at_once = quick ? 50 : 1000;
  std::string pattern = (fs::temp_directory_path() / "silex_bench_XXXXXX").string();
  if (!mkdtemp(pattern.data())) return 1;
  const fs::path folder = pattern;
  const AtOnce many = run_at_once(folder / "run", at_once);
  write_definitions(folder / "load", definitions);
  const double loaded = load(folder / "load", definitions);
  const json python = silex::bench::output_of({"/usr/bin/python3", SILEX_BENCH_REFERENCE_DIR "/action.py",
                                               (folder / "load").string(), std::to_string(definitions),
                                               std::to_string(at_once)});
  fs::remove_all(folder);

  std::printf("%-58s | %10s | %20s | %s\n", "", "ours", "plain Python", "target");
  const double smallest = update_cost(10, quick ? 1000 : 100'000);
  for (const int commands : {10, 100, 1000, 10'000}) {
    const double cost = commands == 10 ? smallest : update_cost(commands, quick ? 1000 : 100'000);
    row("one progress update among " + std::to_string(commands) + " commands, us", cost, python,
        ("update_" + std::to_string(commands)).c_str(), "flat");
    if (commands == 10'000) row("    beside that among 10", cost / smallest, {}, "", "<= 1.5");
  }
  row(std::to_string(at_once) + " actions of 10 deferred calls at once, s", many.seconds, python, "at_once",
      "< 2");
  row("    memory for them, MiB", many.mib, {}, "", "< 100");
  row(std::to_string(definitions) + " definitions of 50 commands, three levels of !inherit, s", loaded,
      python, "load", "< 1");
}
