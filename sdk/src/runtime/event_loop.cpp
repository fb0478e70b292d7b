#include "runtime/event_loop.hpp"

#include "runtime/ids.hpp"
#include "runtime/logger.hpp"
#include "runtime/task_registry.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

namespace silex {

namespace {

// As long as a wake-up costs, no longer. Both bounds count: a clock may stand still, and where other threads
// want the processor a single yield may take a time slice, which 128 of would make timers late.
constexpr int kSpins = 128;
constexpr Duration kSpinTime = std::chrono::microseconds(50);

struct PostedFunction : LoopItem {
  PostedFunction(silex_task_id on_behalf_of, void (*posted)(void*), void* argument) noexcept
      : LoopItem(&PostedFunction::call), function(posted), data(argument) {
    task = on_behalf_of;
  }
  static void call(LoopItem* self) {
    const std::unique_ptr<PostedFunction> item(static_cast<PostedFunction*>(self));
    item->function(item->data);
  }
  void (*function)(void*);
  void* data;
};

struct EndedTimer : LoopItem {
  EndedTimer(const silex_timer& ended, silex_status why) noexcept
      : LoopItem(&EndedTimer::call), timer(ended), reason(why) {
    task = ended.task;
  }
  static void call(LoopItem* self) {
    const std::unique_ptr<EndedTimer> item(static_cast<EndedTimer*>(self));
    item->timer.fired(item->timer.data, item->reason);
  }
  silex_timer timer;
  silex_status reason;
};

}  // namespace

struct EventLoop::Park {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> stay{io.get_executor()};
  asio::steady_timer alarm{io};
  std::optional<TimePoint> alarm_due;
};

EventLoop::EventLoop(Clock& clock, Logger& logger, const TaskRegistry& tasks,
                     const std::atomic<int>& answer_is_near, Duration stall, OnStall on_stall,
                     OnTimeout on_timeout)
    : clock_(clock),
      logger_(logger),
      tasks_(tasks),
      answer_is_near_(answer_is_near),
      stall_(stall),
      on_stall_(std::move(on_stall)),
      on_timeout_(std::move(on_timeout)),
      park_(std::make_unique<Park>()) {
  if (!clock_.is_real()) clock_.on_change([this] { wake(); });
}

EventLoop::~EventLoop() {
  if (!clock_.is_real()) clock_.on_change(nullptr);
}

void EventLoop::start(std::shared_ptr<void> owner) {
  thread_ = platform::Thread("silex-loop", [this, owner = std::move(owner)] { run(); });
}

void EventLoop::finish(std::function<bool()> done) {
  finished_ = std::move(done);
  finishing_.store(true, std::memory_order_seq_cst);
  wake();
}

void EventLoop::give_up() noexcept {
  given_up_.store(true, std::memory_order_seq_cst);
  wake();
}

bool EventLoop::may_end() {
  return finishing_.load(std::memory_order_seq_cst) &&
         (given_up_.load(std::memory_order_seq_cst) || finished_());
}

bool EventLoop::join_for(Duration bound) {
  return thread_.join_for(bound);
}

void EventLoop::leave() {
  thread_.leave();
}

void EventLoop::push(LoopItem* item) noexcept {
  inbox_.push(item);
  wake();
}

void EventLoop::post(silex_task_id task, void (*function)(void*), void* data) {
  push(new PostedFunction(task, function, data));
}

void EventLoop::wake() noexcept {
  if (!parked_.load(std::memory_order_seq_cst) || !parked_.exchange(false)) return;
  asio::post(park_->io, [] {});
}

silex_id EventLoop::start_timer(const silex_timer& timer) {
  TimerEntry entry{timer_id(next_sequence()), timer, 0};
  // Far beyond any clock's end is "never", not an overflow.
  constexpr auto longest = static_cast<std::uint64_t>(Duration::max().count() / 4);
  entry.timer.period_ns = std::min(timer.period_ns, longest);
  add_timer(clock_.now() + Duration(std::min(timer.delay_ns, longest)), entry);
  return entry.id;
}

void EventLoop::start_timeout(silex_id id, TimePoint due, silex_id work) {
  add_timer(due, TimerEntry{id, {}, work});
}

void EventLoop::add_timer(TimePoint due, const TimerEntry& entry) {
  {
    const std::lock_guard lock(timers_mutex_);
    timers_.add(due, entry);
  }
  wake();
}

bool EventLoop::cancel_timer(silex_id id, silex_status reason) {
  // Handed over under the lock: once cancel_all_timers() has seen to the rest, the loop may end.
  const std::lock_guard lock(timers_mutex_);
  const std::optional<TimerEntry> entry = timers_.remove(id);
  if (!entry) return false;
  if (entry->work == 0) push(new EndedTimer(entry->timer, reason));
  return true;
}

void EventLoop::forget_timer(silex_id id) noexcept {
  const std::lock_guard lock(timers_mutex_);
  timers_.remove(id);
}

void EventLoop::cancel_all_timers(silex_status reason) {
  for (;;) {
    std::optional<TimerEntry> entry;
    {
      const std::lock_guard lock(timers_mutex_);
      entry = timers_.take_any();
    }
    if (!entry) return;
    if (entry->work == 0) push(new EndedTimer(entry->timer, reason));
  }
}

void EventLoop::run() {
  bool answered = false;  // a task may have asked its next question
  for (;;) {
    TimePoint now = clock_.now();
    const bool ran_items = run_items(now);
    answered = answered || ran_items;
    if (run_due_timers(now) || ran_items) continue;
    if (may_end() && inbox_.empty()) return;
    // Not after timers alone: to yield then would make the next one late.
    if (!std::exchange(answered, false) || !spin()) park();
  }
}

// Returns the time at which the function ended, which is when the next one begins.
template <typename Function>
TimePoint EventLoop::guarded(silex_task_id task, TimePoint now, Function&& function) noexcept {
  {
    const Occupancy::Scope scope(occupancy_, task, nullptr, now);
    // The ABI forbids exceptions here, but one that got out would end the host.
    try {
      function();
    } catch (const std::exception& error) {
      logger_.write(SILEX_LOG_ERROR, "an exception left a callback of " + tasks_.describe(task) +
                                         " on the loop: " + error.what());
    } catch (...) {
      logger_.write(SILEX_LOG_ERROR, "something that is not a std::exception left a callback of " +
                                         tasks_.describe(task) + " on the loop");
    }
  }
  const TimePoint end = clock_.now();
  busy_times_.add(task, end - now);
  if (end - now >= stall_) on_stall_(task, now, end - now);
  return end;
}

bool EventLoop::run_items(TimePoint& now) {
  LoopItem* item = inbox_.take_all();
  if (!item) return false;
  while (item) {
    LoopItem* const next = item->next;  // running an item may free it
    platform::prefetch(next);
    now = guarded(item->task, now, [item] { item->run(item); });
    item = next;
  }
  return true;
}

bool EventLoop::run_due_timers(TimePoint now) {
  bool ran = false;
  TimePoint at = now;
  for (;;) {
    std::optional<TimerEntry> due;
    {
      const std::lock_guard lock(timers_mutex_);
      due = timers_.take_due(now);
    }
    if (!due) return ran;
    at = guarded(due->timer.task, at, [&] {
      if (due->work != 0) {
        on_timeout_(due->work);
      } else {
        due->timer.fired(due->timer.data, SILEX_OK);
      }
    });
    ran = true;
  }
}

bool EventLoop::spin() {
  const TimePoint end = clock_.now() + kSpinTime;
  for (int i = 0; i < kSpins && answer_is_near_.load(std::memory_order_relaxed) > 0; ++i) {
    if (!inbox_.empty()) return true;
    platform::yield();
    if (clock_.now() >= end) break;
  }
  return !inbox_.empty();
}

bool EventLoop::is_idle() {
  // All of it seen while it was parked once: in between it may have run what is no longer to be seen.
  const std::uint64_t park = parks_.load(std::memory_order_seq_cst);
  if (!parked_.load(std::memory_order_seq_cst) || !inbox_.empty()) return false;
  {
    const std::lock_guard lock(timers_mutex_);
    const std::optional<TimePoint> due = timers_.next_due();
    if (due && *due <= clock_.now()) return false;
  }
  return parked_.load(std::memory_order_seq_cst) && parks_.load(std::memory_order_seq_cst) == park;
}

void EventLoop::park() {
  parks_.fetch_add(1, std::memory_order_seq_cst);
  parked_.store(true, std::memory_order_seq_cst);
  // From here on, whoever hands something over sees that we are parked, or we see what was handed over.
  std::optional<TimePoint> due;
  {
    const std::lock_guard lock(timers_mutex_);
    due = timers_.next_due();
  }
  const bool is_due = due && *due <= clock_.now();
  if (inbox_.empty() && !is_due && !may_end()) {
    if (due != park_->alarm_due && clock_.is_real()) {
      park_->alarm_due = due;
      if (due) {
        park_->alarm.expires_at(*due);
        park_->alarm.async_wait([](const asio::error_code&) {});
      } else {
        park_->alarm.cancel();
      }
    }
    park_->io.run_one();
  }
  parked_.store(false, std::memory_order_relaxed);
}

}  // namespace silex
