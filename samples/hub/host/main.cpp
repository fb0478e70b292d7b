// A host for the hub's demo: a main thread that draws frames and owns a scene, Silex beside it.
//   hub_host NAME URL [--token TOKEN] [ACTION ...]
// Offers the demo's actions to users, begins those that are named, obeys launches, and ends with its input.
#include "stage.hpp"
#include "toy_host.h"

#include <silex/silex.hpp>

#include <algorithm>
#include <exception>
#include <future>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

namespace {

const std::vector<std::string> kOffered{"copy_files", "build_scene", "review", "block_loop"};

// Whoever started it is gone, or wants it to end.
void quit_with_input() {
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
  toy_host_quit();
}

void warn(silex_log_level level, std::string_view line) {
  if (level >= SILEX_LOG_WARNING) std::cerr << line << std::endl;
}

struct Arguments {
  std::string name;
  std::string url;
  std::string token;
  std::vector<std::string> actions;
};

int run(const Arguments& arguments) {
  silex::Runtime runtime({.log = warn});
  runtime.choose_adapter("toy");
  runtime.start();
  demo::Stage stage(runtime.context());

  silex::SessionOptions options;
  const silex::json context{
      {"name", arguments.name}, {"project", "demo"}, {"launchable", stage.offers(kOffered)}};
  options.context = context.dump();
  if (!arguments.token.empty()) options.auth = silex::json{{"token", arguments.token}}.dump();
  // Users may see the host, and launch, before the session's constructor has returned.
  std::promise<const silex::Session*> opened;
  const std::shared_future<const silex::Session*> known = opened.get_future().share();
  // On a worker: the files of a definition are too slow for the loop, and the session is waited for.
  const auto begin = [&](const std::string& name, const silex::json& parameters) {
    runtime.spawn("launch", [&, name, parameters](silex::Context ctx) -> silex::task<> {
      const auto launch = [&] { stage.launch(*known.get(), name, parameters); };
      try {
        co_await ctx.worker(launch);
      } catch (const silex::Error& error) {
        std::cerr << "launch: " << error.what() << std::endl;
      }
    });
  };
  // Once users can see them.
  options.on_state = [&, names = arguments.actions](const silex::SessionState& state) mutable {
    if (state.kind == SILEX_SESSION_REFUSED) std::cerr << "refused: " << state.message << std::endl;
    if (state.kind != SILEX_SESSION_READY) return;
    std::cout << arguments.name << " is connected" << std::endl;
    for (const std::string& name : std::exchange(names, {})) begin(name, silex::json::object());
  };
  options.on_launch = [&](const std::string& text) {
    const auto launch = silex::json::parse(text);
    const auto name = launch.value("action", "");
    if (std::find(kOffered.begin(), kOffered.end(), name) == kOffered.end()) {
      std::cerr << "launch: '" << name << "' is not offered here" << std::endl;
      return;
    }
    begin(name, launch.value("parameters", silex::json::object()));
  };
  const silex::Session session(runtime.context(), options, {.url = arguments.url});
  opened.set_value(&session);

  std::thread input(quit_with_input);
  toy_host_run();
  stage.clear();
  runtime.stop();
  input.detach();  // it may wait for a line that never comes
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  std::vector<std::string> words(argv + 1, argv + argc);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--token" && i + 1 < words.size()) {
      arguments.token = words[++i];
    } else if (arguments.name.empty()) {
      arguments.name = words[i];
    } else if (arguments.url.empty()) {
      arguments.url = words[i];
    } else {
      arguments.actions.push_back(words[i]);
    }
  }
  if (arguments.url.empty()) {
    std::cerr << "usage: hub_host NAME URL [--token TOKEN] [ACTION ...]\n";
    return 2;
  }
  toy_host_reset(false);
  try {
    return run(arguments);
  } catch (const silex::Error& error) {
    std::cerr << "hub_host: " << error.what() << "\n" << error.detail();
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "hub_host: " << error.what() << "\n";
    return 1;
  }
}
