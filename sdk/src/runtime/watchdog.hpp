// The watchdog: a thread that looks at loop and main thread now and then, and that tells events to the user,
// so that neither a held loop nor a busy host keeps a warning back.
#pragma once

#include "platform/thread.hpp"
#include "runtime/clock.hpp"
#include "runtime/stall_detector.hpp"

#include <silex/log.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace silex {

class Logger;

// Called on the watchdog's thread, which it may block: only later events wait.
using EventSink = std::function<void(const silex_event&)>;

class Watchdog {
 public:
  using Look = std::function<StallDetector::Sight()>;

  // `look` is called on the watchdog's thread, every `interval` of real time.
  Watchdog(StallDetector::Limits limits, Duration interval, Look look, Logger& logger, EventSink sink)
      : detector_(limits),
        interval_(interval),
        look_(std::move(look)),
        logger_(logger),
        sink_(std::move(sink)) {}

  // `enter` runs first on the thread, which holds `owner` until it ends.
  void start(std::shared_ptr<void> owner, std::function<void()> enter);

  // Hands over an event, or the end of a stall. [any-thread] Never blocks, never throws: without memory,
  // the event is lost.
  void tell(Event event) noexcept;
  // A line for the log, from a thread that must not wait for the log's sink.
  void log(silex_log_level level, std::string line) noexcept;
  void loop_let_go(silex_task_id task, const std::string& name, TimePoint since, Duration held) noexcept;

  // Tells what is left and ends. [any-thread but watch-thread]
  bool stop(Duration bound);
  // Leaves the thread to end by itself. After stop().
  void leave() { thread_.leave(); }

  [[nodiscard]] std::uint64_t told() const noexcept { return told_.load(std::memory_order_relaxed); }

 private:
  void run();
  void deliver(const std::vector<Event>& events);

  StallDetector detector_;  // guarded by mutex_
  const Duration interval_;
  const Look look_;
  Logger& logger_;
  const EventSink sink_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> pending_;
  std::vector<std::pair<silex_log_level, std::string>> lines_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> told_{0};
  platform::Thread thread_;
};

}  // namespace silex
