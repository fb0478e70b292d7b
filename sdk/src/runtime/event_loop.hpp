// The event loop: a thread that runs items in order of arrival, and timers. Coroutines stand on top of it.
#pragma once

#include "platform/thread.hpp"
#include "runtime/busy_times.hpp"
#include "runtime/clock.hpp"
#include "runtime/loop_item.hpp"
#include "runtime/occupancy.hpp"
#include "runtime/status.hpp"
#include "runtime/timer_queue.hpp"

#include <silex/loop.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace silex {

class Logger;
class TaskRegistry;

class EventLoop {
 public:
  // While `answer_is_near` holds, the idle loop looks for new items for a moment before it sleeps: a chain
  // of deferred calls then needs no wake-up of a sleeping thread.
  // `on_timeout` is told of work whose time is up; a callback that held the loop for `stall` or longer is
  // told to `on_stall` when it has ended.
  using OnTimeout = std::function<void(silex_id work)>;
  using OnStall = std::function<void(silex_task_id task, TimePoint since, Duration held)>;
  EventLoop(Clock& clock, Logger& logger, const TaskRegistry& tasks, const std::atomic<int>& answer_is_near,
            Duration stall, OnStall on_stall, OnTimeout on_timeout);
  ~EventLoop();

  // Starts the thread, which holds `owner` until it ends.
  void start(std::shared_ptr<void> owner);

  // Runs until `done` holds (asked on the loop, whenever there is nothing to run) and ends. [any-thread]
  void finish(std::function<bool()> done);
  // Ends though `done` does not hold. After finish(). [any-thread]
  void give_up() noexcept;
  // Whether the thread has ended and is joined. Not on the loop.
  bool join_for(Duration bound);
  // Leaves the thread to end by itself.
  void leave();

  // Hands over an item; it runs exactly once if the loop has not ended. [any-thread] Never blocks.
  void push(LoopItem* item) noexcept;
  // The same for a function, on behalf of `task`. Throws std::bad_alloc.
  void post(silex_task_id task, void (*function)(void*), void* data);

  // [any-thread] Never blocks. Throws std::bad_alloc.
  silex_id start_timer(const silex_timer& timer);
  // A timer that tells `on_timeout` of that piece of work. The caller makes its id, with timer_id(): it may
  // be due before this returns.
  void start_timeout(silex_id id, TimePoint due, silex_id work);
  // Its last call says `reason`. False where there is no such timer.
  bool cancel_timer(silex_id id, silex_status reason);
  // Ends a timer without a word.
  void forget_timer(silex_id id) noexcept;
  // Ends every timer.
  void cancel_all_timers(silex_status reason);

  // [any-thread]
  [[nodiscard]] const Occupancy& occupancy() const noexcept { return occupancy_; }
  BusyTimes& busy_times() noexcept { return busy_times_; }
  // Makes a sleeping loop look around.
  void wake() noexcept;
  // Whether it sleeps with nothing to do. By the time of the answer somebody may have given it something.
  // [any-thread but loop-thread]
  [[nodiscard]] bool is_idle();

 private:
  void run();
  void add_timer(TimePoint due, const TimerEntry& entry);
  bool run_items(TimePoint& now);
  bool run_due_timers(TimePoint now);
  bool may_end();
  bool spin();
  void park();
  template <typename Function>
  TimePoint guarded(silex_task_id task, TimePoint now, Function&& function) noexcept;

  struct Park;  // asio: where the loop sleeps

  Clock& clock_;
  Logger& logger_;
  const TaskRegistry& tasks_;
  const std::atomic<int>& answer_is_near_;
  const Duration stall_;
  const OnStall on_stall_;
  const OnTimeout on_timeout_;
  Inbox inbox_;
  std::atomic<bool> parked_{false};
  std::atomic<std::uint64_t> parks_{0};  // how often it was parked
  std::atomic<bool> finishing_{false};
  std::function<bool()> finished_;  // set before finishing_
  std::atomic<bool> given_up_{false};
  Occupancy occupancy_;
  BusyTimes busy_times_;

  std::mutex timers_mutex_;
  TimerQueue timers_;

  std::unique_ptr<Park> park_;
  platform::Thread thread_;
};

}  // namespace silex
