// Two tasks edit the scene at once, one object per deferred call.
#include "probe.hpp"

#include <string>

namespace probe {

namespace {

constexpr int kObjects = 1000;

silex::task<int> edit(silex::Context ctx, Probe& probe, std::string who) {
  int right = 0;
  for (int i = 0; i < kObjects; ++i) {
    const std::string name = co_await ctx.main_thread([&] { return probe.python(who.c_str(), i); });
    if (name == who + "." + std::to_string(i)) ++right;
  }
  co_return right;
}

}  // namespace

silex::task<void> play_edits(silex::Context ctx, Probe& probe) {
  co_await settle(ctx);
  co_await ctx.main_thread([&] { probe.python("begin"); });
  const auto begin = Clock::now();
  const auto [anna, bert] = co_await silex::when_all(edit(ctx, probe, "anna"), edit(ctx, probe, "bert"));
  probe.note("edit_seconds", seconds_between(begin, Clock::now()));
  co_await ctx.main_thread([&] { probe.python("end"); });
  probe.note("anna_right", anna);
  probe.note("bert_right", bert);
  const std::string counted = co_await ctx.main_thread([&] { return probe.python("count"); });
  probe.note_text("counted", counted);
  co_await ctx.main_thread([&] { probe.python("quit"); });
}

}  // namespace probe
