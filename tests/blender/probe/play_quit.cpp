// Blender quits: with thousands of calls pending, and from inside one.
#include "probe.hpp"

#include <atomic>
#include <thread>

namespace probe {

namespace {

using namespace std::chrono_literals;

constexpr int kCalls = 10'000;

// Raw work, to count each of its three functions. Lives for good: it is told of while the process ends.
struct Counted {
  explicit Counted(Probe& in) : probe(in) {}
  Probe& probe;
  std::atomic<int> ran{0};
  // On the loop.
  int values = 0;
  int gone = 0;
  int other = 0;
  std::atomic<int> released{0};
  Clock::time_point first_gone;
  Clock::time_point last_gone;
};

silex_status run(void* data, const silex_scope* /*scope*/) {
  ++static_cast<Counted*>(data)->ran;
  std::this_thread::sleep_for(1ms);  // a call that takes a while, so that most still wait
  return SILEX_OK;
}

void done(void* data, const silex_completion* completion) {
  auto& counted = *static_cast<Counted*>(data);
  if (completion->outcome == SILEX_OUTCOME_VALUE) {
    ++counted.values;
  } else if (completion->outcome == SILEX_OUTCOME_HOST_GONE) {
    counted.last_gone = Clock::now();
    if (counted.gone++ == 0) counted.first_gone = counted.last_gone;
  } else {
    ++counted.other;
  }
}

void release(void* data) {
  auto& counted = *static_cast<Counted*>(data);
  if (++counted.released < kCalls) return;
  counted.probe.note("ran", counted.ran);
  counted.probe.note("values", counted.values);
  counted.probe.note("gone", counted.gone);
  counted.probe.note("other", counted.other);
  counted.probe.note("released", counted.released);
  counted.probe.note("telling_ms", seconds_between(counted.first_gone, counted.last_gone) * 1e3);
}

void defer_quit(const silex::Context& ctx, Probe& probe) {
  silex_work work{};
  work.size = sizeof work;
  work.name = "quit";
  work.data = &probe;
  work.run = [](void* data, const silex_scope* /*scope*/) {
    static_cast<Probe*>(data)->python("quit");
    return static_cast<silex_status>(SILEX_OK);
  };
  ctx.api()->defer(ctx.handle(), &work, nullptr);
}

}  // namespace

silex::task<void> play_quit_pending(silex::Context ctx, Probe& probe) {
  co_await settle(ctx);
  // Blender quits after the tick that runs the first of them.
  defer_quit(ctx, probe);
  silex_work work{};
  work.size = sizeof work;
  work.name = "pending";
  work.data = new Counted(probe);
  work.run = &run;
  work.done = &done;
  work.release = &release;
  for (int i = 0; i < kCalls; ++i) {
    if (ctx.api()->defer(ctx.handle(), &work, nullptr) != SILEX_OK) probe.add("refused", 1);
  }
  const auto blocked = ctx.spawn("blocked worker", [&probe](silex::Context inner) -> silex::task<void> {
    co_await inner.worker([&probe, inner] {
      try {
        inner.call_and_wait([] {});
      } catch (const silex::HostGone&) {
        probe.note("waiting_thread_told", 1);
      }
    });
  });
  try {
    co_await ctx.main_thread([] {});
    probe.note_text("failure", "a call behind 10,000 others ran");
  } catch (const silex::HostGone&) {
    probe.note("task_told", 1);
  }
}

silex::task<void> play_quit_from_call(silex::Context ctx, Probe& probe) {
  co_await settle(ctx);
  co_await ctx.main_thread([&] { probe.python("quit"); });
  probe.note("returned_from_quit", 1);
  try {
    for (;;) co_await ctx.main_thread([&] { probe.add("calls_after", 1); });
  } catch (const silex::HostGone&) {
    probe.note("task_told", 1);
  }
}

}  // namespace probe
