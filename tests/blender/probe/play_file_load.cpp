// A file is loaded from inside a deferred call, with others pending behind it.
#include "probe.hpp"

#include <string>

namespace probe {

silex::task<void> play_file_load(silex::Context ctx, Probe& probe) {
  using namespace std::chrono_literals;
  constexpr int kCalls = 100;
  co_await settle(ctx);
  co_await ctx.main_thread([&] { probe.python("save"); });
  auto behind = ctx.spawn("behind the load", [](silex::Context inner) -> silex::task<int> {
    int ran = 0;
    for (int i = 0; i < kCalls; ++i) co_await inner.main_thread([&ran] { ++ran; });
    co_return ran;
  });
  co_await ctx.main_thread([&] { probe.python("load"); });
  probe.note("calls_behind", co_await behind);
  // Once more with pauses, so that each has a tick of its own.
  int ran = 0;
  for (int i = 0; i < 20; ++i) {
    co_await ctx.main_thread([&ran] { ++ran; });
    co_await ctx.sleep(10ms);
  }
  probe.note("calls_after", ran);
  probe.note_text("loaded", co_await ctx.main_thread([&] { return probe.python("loaded"); }));
  co_await ctx.main_thread([&] { probe.python("quit"); });
}

}  // namespace probe
