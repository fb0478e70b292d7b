// A host for the hub's demo: a main thread that draws frames and owns a scene, Silex beside it.
//   hub_host NAME URL [--token TOKEN] [ACTION ...]
// Offers the demo's actions to users, begins those that are named, obeys launches, and ends with its input.
#include "stage.hpp"
#include "toy_host.h"

#include <silex/silex.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <thread>
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
  const silex::Session* known = nullptr;
  options.on_state = [&](const silex::SessionState& state) {
    if (state.kind == SILEX_SESSION_READY) std::cout << arguments.name << " is connected" << std::endl;
    if (state.kind == SILEX_SESSION_REFUSED) std::cerr << "refused: " << state.message << std::endl;
  };
  // On the loop, which the files of a definition are too slow for.
  options.on_launch = [&](const std::string& text) {
    runtime.spawn("launch", [&, launch = silex::json::parse(text)](silex::Context ctx) -> silex::task<> {
      const auto begin = [&] {
        const auto name = launch.value("action", "");
        if (std::find(kOffered.begin(), kOffered.end(), name) == kOffered.end()) {
          throw silex::Error(SILEX_ERROR_INVALID_ARGUMENT, "'" + name + "' is not offered here");
        }
        stage.launch(*known, name, launch.value("parameters", silex::json::object()));
      };
      try {
        co_await ctx.worker(begin);
      } catch (const silex::Error& error) {
        std::cerr << "launch: " << error.what() << std::endl;
      }
    });
  };
  const silex::Session session(runtime.context(), options, {.url = arguments.url});
  known = &session;
  for (const std::string& name : arguments.actions) stage.launch(session, name, silex::json::object());

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
