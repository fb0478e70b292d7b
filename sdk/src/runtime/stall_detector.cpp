#include "runtime/stall_detector.hpp"

#include <algorithm>
#include <cstdio>

namespace silex {

namespace {

std::string quoted_or(const std::string& name, const char* otherwise) {
  return name.empty() ? otherwise : "'" + name + "'";
}

}  // namespace

std::string describe(Duration duration) {
  const double ms = std::chrono::duration<double, std::milli>(duration).count();
  char text[32];
  if (ms >= 1000) {
    std::snprintf(text, sizeof text, "%.2f s", ms / 1000);
  } else {
    std::snprintf(text, sizeof text, "%.0f ms", ms);
  }
  return text;
}

Event StallDetector::loop_stalled(silex_task_id task, const std::string& name, Duration held) const {
  return {SILEX_EVENT_LOOP_STALLED, task, name, held,
          "the event loop is held by " + quoted_or(name, "a callback of no task") + " for " + describe(held) +
              ": use worker() for what blocks"};
}

std::vector<Event> StallDetector::loop_let_go(silex_task_id task, const std::string& name, TimePoint since,
                                              Duration held) {
  std::vector<Event> events;
  // Between two looks: then it has not been told yet.
  if (stall_ != since) events.push_back(loop_stalled(task, name, held));
  events.push_back({SILEX_EVENT_LOOP_RESUMED, task, name, held,
                    "the event loop goes on: " + quoted_or(name, "a callback of no task") + " held it for " +
                        describe(held)});
  stall_.reset();
  told_ended_ = since;
  return events;
}

std::vector<Event> StallDetector::look(const Sight& sight) {
  std::vector<Event> events;
  if (sight.loop && stall_ != sight.loop->since && told_ended_ != sight.loop->since &&
      sight.now - sight.loop->since >= limits_.loop_stall) {
    stall_ = sight.loop->since;
    events.push_back(loop_stalled(sight.loop->task, sight.loop->name, sight.now - sight.loop->since));
  }

  // What waits counts from when it came or from when the main thread last looked, whatever was later.
  std::optional<TimePoint> since;
  if (sight.call || sight.calls_waiting_since) {
    since = sight.last_looked;
    if (!sight.call) since = std::max(*since, *sight.calls_waiting_since);
    if (sight.call) since = std::max(*since, sight.call->since);
  }
  // Not where what waited was withdrawn meanwhile: only the main thread's look is a sign of life.
  if (busy_since_ && sight.last_looked > *busy_since_) {
    const Duration lasted = sight.last_looked - *busy_since_;
    events.push_back({SILEX_EVENT_HOST_RESPONSIVE, 0, "", lasted,
                      "the host's main thread is back after " + describe(lasted)});
    busy_since_.reset();
  }
  if (!busy_since_ && since && sight.now - *since >= limits_.host_busy) {
    busy_since_ = since;
    const Duration lasts = sight.now - *since;
    const std::string name = sight.call ? sight.call->name : "";
    events.push_back({SILEX_EVENT_HOST_BUSY, sight.call ? sight.call->task : 0, name, lasts,
                      "the host's main thread is busy for " + describe(lasts) +
                          (sight.call ? " with the deferred call " + quoted_or(name, "of no name")
                                      : std::string(" with work of its own: deferred calls wait"))});
  }
  return events;
}

}  // namespace silex
