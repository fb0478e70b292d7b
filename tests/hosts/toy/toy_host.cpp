#include "toy_host.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kFrame(5);

struct Posted {
  void (*function)(void*);
  void* data;
};

struct Host {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Posted> posted;
  bool quitting = false;
  std::atomic<bool> batch = false;
  std::atomic<std::uint64_t> frames = 0;
  Posted on_quit{};
};

Host& host() {
  // Never destroyed: after exit() other threads may still post.
  static Host& the_host = *new Host;
  return the_host;
}

bool post(void (*function)(void*), void* data) {
  const std::lock_guard lock(host().mutex);
  if (host().quitting) return false;
  host().posted.push_back({function, data});
  host().changed.notify_one();
  return true;
}

// One turn: waits for something to run, or for the next frame, and does it.
void turn(Clock::time_point& next_frame) {
  Posted next{};
  {
    std::unique_lock lock(host().mutex);
    host().changed.wait_until(lock, next_frame, [] { return host().quitting || !host().posted.empty(); });
    if (!host().posted.empty() && !host().quitting) {
      next = host().posted.front();
      host().posted.pop_front();
    }
  }
  if (next.function) next.function(next.data);
  if (Clock::now() >= next_frame) {
    ++host().frames;
    next_frame = Clock::now() + kFrame;
  }
}

bool quitting() {
  const std::lock_guard lock(host().mutex);
  return host().quitting;
}

}  // namespace

extern "C" {

const toy_host_functions toy_host_api = {
    sizeof(toy_host_functions),
    [] { return host().batch.load(); },
    &post,
    [](void (*function)(void*), void* data) {
      host().on_quit = {function, data};
    },
};

void toy_host_reset(bool batch) {
  const std::lock_guard lock(host().mutex);
  host().posted.clear();
  host().quitting = false;
  host().batch = batch;
  host().frames = 0;
  host().on_quit = {};
}

void toy_host_run(void) {
  if (host().batch) return;
  auto next_frame = Clock::now() + kFrame;
  while (!quitting()) turn(next_frame);
  const Posted on_quit = std::exchange(host().on_quit, {});
  if (on_quit.function) on_quit.function(on_quit.data);
}

void toy_host_run_modal(bool (*until)(void*), void* data) {
  auto next_frame = Clock::now() + kFrame;
  while (!until(data) && !quitting()) turn(next_frame);
}

void toy_host_quit(void) {
  const std::lock_guard lock(host().mutex);
  host().quitting = true;
  host().changed.notify_one();
}

void toy_host_be_busy(uint32_t milliseconds) {
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  while (Clock::now() < end) {
  }
}

uint64_t toy_host_frames(void) {
  return host().frames;
}

}  // extern "C"
