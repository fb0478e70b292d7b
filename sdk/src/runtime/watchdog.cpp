#include "runtime/watchdog.hpp"

#include "runtime/logger.hpp"

#include <exception>
#include <iterator>
#include <utility>

namespace silex {

namespace {

void append(std::vector<Event>& to, std::vector<Event> events) {
  to.insert(to.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
}

silex_log_level level_of(silex_event_kind kind) {
  switch (kind) {
    case SILEX_EVENT_LOOP_RESUMED:
    case SILEX_EVENT_HOST_RESPONSIVE:
    case SILEX_EVENT_HOST_GONE:
      return SILEX_LOG_INFO;
    default:
      return SILEX_LOG_WARNING;
  }
}

}  // namespace

void Watchdog::start(std::shared_ptr<void> owner, std::function<void()> enter) {
  thread_ = platform::Thread("silex-watch", [this, owner = std::move(owner), enter = std::move(enter)] {
    enter();
    run();
  });
}

void Watchdog::tell(Event event) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    pending_.push_back(std::move(event));
  } catch (const std::exception&) {
    return;
  }
  changed_.notify_one();
}

void Watchdog::log(silex_log_level level, std::string line) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(level, std::move(line));
  } catch (const std::exception&) {
    return;
  }
  changed_.notify_one();
}

void Watchdog::loop_let_go(silex_task_id task, const std::string& name, TimePoint since,
                           Duration held) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    append(pending_, detector_.loop_let_go(task, name, since, held));
  } catch (const std::exception&) {
    return;
  }
  changed_.notify_one();
}

bool Watchdog::stop(Duration bound) {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  return thread_.join_for(bound);
}

void Watchdog::run() {
  auto next_look = std::chrono::steady_clock::now() + interval_;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_until(lock, next_look, [&] { return stopping_ || !pending_.empty() || !lines_.empty(); });
    const bool stopping = stopping_;
    // When it is time, however many events come in between.
    if (!stopping && std::chrono::steady_clock::now() >= next_look) {
      lock.unlock();
      const StallDetector::Sight sight = look_();
      lock.lock();
      append(pending_, detector_.look(sight));
      next_look = std::chrono::steady_clock::now() + interval_;
    }
    const std::vector<Event> events = std::exchange(pending_, {});
    const auto lines = std::exchange(lines_, {});
    lock.unlock();
    for (const auto& [level, line] : lines) logger_.write(level, line);
    deliver(events);
    lock.lock();
    if (stopping && pending_.empty() && lines_.empty()) return;
  }
}

void Watchdog::deliver(const std::vector<Event>& events) {
  for (const Event& event : events) {
    logger_.write(level_of(event.kind), event.message);
    told_.fetch_add(1, std::memory_order_relaxed);
    if (!sink_) continue;
    const silex_event view{sizeof(silex_event),
                           event.kind,
                           event.task,
                           event.name.c_str(),
                           static_cast<std::uint64_t>(event.duration.count()),
                           event.message.c_str()};
    try {
      sink_(view);
    } catch (...) {
      logger_.write(SILEX_LOG_ERROR, "the event sink threw an exception, which it must not");
    }
  }
}

}  // namespace silex
