// The test host as a program: loads its adapter, runs a scenario, prints what happened.
#include "toy_host.h"

#include <silex/silex.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <map>
#include <string>

#include <unistd.h>

namespace {

using namespace std::chrono_literals;

void say(const char* what, double figure) {
  std::printf("%s: %.0f\n", what, figure);
}

// Two tasks at once, each deferring a thousand calls; then the host quits.
silex::task<> count(silex::Context ctx, int* counter) {
  for (int i = 0; i < 1000; ++i) co_await ctx.main_thread([&] { ++*counter; });
}
silex::task<> count_twice(silex::Context ctx, int* counter) {
  co_await silex::when_all(count(ctx, counter), count(ctx, counter));
  co_await ctx.main_thread([&] { say("calls", *counter); });
}

int interactive(silex::Runtime& runtime) {
  int counter = 0;
  auto counted = runtime.spawn("count", [&](silex::Context ctx) -> silex::task<> {
    co_await count_twice(ctx, &counter);
    toy_host_quit();
  });
  toy_host_run();
  return counter == 2000 ? 0 : 1;
}

int batch(silex::Runtime& runtime) {
  int counter = 0;
  runtime.spawn("count", [&](silex::Context ctx) { return count_twice(ctx, &counter); }).get();
  return counter == 2000 ? 0 : 1;
}

// The host renders for a while: the loop's heart goes on beating, and the host is reported busy.
int busy(silex::Runtime& runtime) {
  int beats = 0;
  auto beating = runtime.spawn("heart", [&](silex::Context ctx) -> silex::task<> {
    for (;; ++beats) co_await ctx.sleep(5ms);
  });
  auto rendering = runtime.spawn("render", [&](silex::Context ctx) -> silex::task<> {
    co_await ctx.main_thread([] { toy_host_be_busy(500); }, {.name = "render"});
    toy_host_quit();
  });
  toy_host_run();
  say("beats while the host was busy", beats);
  return beats > 30 ? 0 : 1;
}

// A call opens a dialog, whose loop runs the calls behind it; the last of them closes it.
int modal(silex::Runtime& runtime) {
  std::atomic<bool> closed = false;
  int behind = 0;
  auto dialog = runtime.spawn("dialog", [&](silex::Context ctx) -> silex::task<> {
    co_await ctx.main_thread([&] {
      toy_host_run_modal([](void* data) { return static_cast<std::atomic<bool>*>(data)->load(); }, &closed);
    });
    toy_host_quit();
  });
  auto others = runtime.spawn("behind", [&](silex::Context ctx) -> silex::task<> {
    for (int i = 0; i < 100; ++i) co_await ctx.main_thread([&] { ++behind; });
    co_await ctx.main_thread([&] { closed = true; });
  });
  toy_host_run();
  say("calls behind the dialog", behind);
  return behind == 100 ? 0 : 1;
}

// Calls pend when the process ends, in one of the ways in which hosts end.
void leave_calls_pending(silex::Runtime& runtime) {
  runtime.spawn("pending", [](silex::Context ctx) -> silex::task<> {
    std::vector<silex::task<>> calls;
    for (int i = 0; i < 1000; ++i) {
      calls.push_back([](silex::Context c) -> silex::task<> { co_await c.main_thread([] {}); }(ctx));
    }
    co_await silex::when_all(std::move(calls));
  });
  while (runtime.metrics().calls_queued < 1000) {
  }
  std::printf("calls pend\n");
  std::fflush(stdout);
}
int quits(silex::Runtime& runtime) {
  leave_calls_pending(runtime);
  toy_host_quit();
  toy_host_run();
  std::printf("the runtime %s\n", runtime.is_running() ? "runs on" : "has stopped with its host");
  return runtime.is_running() ? 1 : 0;
}
int exits(silex::Runtime& runtime) {
  leave_calls_pending(runtime);
  std::exit(3);
}
int dies(silex::Runtime& runtime) {
  leave_calls_pending(runtime);
  _exit(4);
}
int returns(silex::Runtime& runtime) {
  leave_calls_pending(runtime);
  return 5;
}

const std::map<std::string, int (*)(silex::Runtime&)> kModes{{"interactive", interactive},
                                                             {"batch", batch},
                                                             {"busy", busy},
                                                             {"modal", modal},
                                                             {"quits", quits},
                                                             {"exits", exits},
                                                             {"dies", dies},
                                                             {"returns", returns}};

}  // namespace

int main(int argc, char** argv) {
  const auto mode = kModes.find(argc == 2 ? argv[1] : "");
  if (mode == kModes.end()) {
    std::fprintf(stderr, "usage: toy_host MODE, one of:");
    for (const auto& [name, run] : kModes) std::fprintf(stderr, " %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
  }
  toy_host_reset(mode->first == "batch");
  try {
    silex::RuntimeOptions options;
    options.host_busy = 100ms;
    silex::Runtime runtime(std::move(options));
    runtime.choose_adapter();
    runtime.start();
    return mode->second(runtime);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "toy_host: %s\n", error.what());
    return 1;
  }
}
