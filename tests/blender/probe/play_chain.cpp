// 1000 calls, each deferred when the one before it has returned.
#include "probe.hpp"

#include <algorithm>
#include <vector>

namespace probe {

silex::task<void> play_chain(silex::Context ctx, Probe& probe) {
  using namespace std::chrono_literals;
  constexpr int kCalls = 1000;
  constexpr int kRounds = 20;
  co_await settle(ctx);
  co_await ctx.main_thread([&] { probe.python("begin"); });
  co_await ctx.sleep(500ms);
  const std::string tick = co_await ctx.main_thread([&] { return probe.python("end"); });

  std::vector<double> rates;
  int ran = 0;
  for (int round = 0; round < kRounds; ++round) {
    co_await ctx.main_thread([] {});  // the wait for a tick is not part of the chain
    const auto begin = Clock::now();
    for (int i = 0; i < kCalls; ++i) co_await ctx.main_thread([&ran] { ++ran; });
    rates.push_back(kCalls / seconds_between(begin, Clock::now()));
    co_await ctx.sleep(20ms);
  }
  std::sort(rates.begin(), rates.end());
  probe.note("ran", ran);
  probe.note("tick_seconds", std::stod(tick));
  probe.note("median_rate", rates[rates.size() / 2]);
  probe.note("best_rate", rates.back());
  co_await ctx.main_thread([&] { probe.python("quit"); });
}

}  // namespace probe
