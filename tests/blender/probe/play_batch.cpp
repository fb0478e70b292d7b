// Plain calls, for hosts in batch mode and for restarts; and one that nobody will ever run.
#include "probe.hpp"

namespace probe {

silex::task<void> play_calls(silex::Context ctx, Probe& probe) {
  int right = 0;
  for (int i = 0; i < 100; ++i) {
    const std::string answer = co_await ctx.main_thread([&] { return probe.python("answer", i); });
    if (answer == std::to_string(i * i)) ++right;
  }
  probe.add("right", right);
}

silex::task<void> play_unpumped(silex::Context ctx, Probe& probe) {
  const auto begin = Clock::now();
  try {
    co_await ctx.main_thread([&probe] { probe.note("ran", 1); });
  } catch (const silex::HostGone& error) {
    probe.note("after_seconds", seconds_between(begin, Clock::now()));
    probe.note("code", error.code());
    probe.note_text("error", error.what());
  }
}

}  // namespace probe
