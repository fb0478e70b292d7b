// One accepted call or job: its state, who still needs it, and how its end is told.
#pragma once

#include "runtime/clock.hpp"
#include "runtime/intrusive_list.hpp"
#include "runtime/loop_item.hpp"
#include "runtime/status.hpp"

#include <silex/work.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace silex {

class EventLoop;
class WorkStore;

enum class WorkKind : std::uint8_t { call, job };

// A thread that is blocked until one piece of work has ended; lives on its stack.
struct Waiter {
  std::mutex mutex;
  std::condition_variable changed;
  bool ended = false;
};

// Two sides need an item: the one that runs it, and the one that tells its end. Each drops it once; the last
// gives it back. Whoever wins the step out of a state does what follows from it, and nobody else:
//
//   queued --begin()--> running --finish()--> ended     the runner
//   queued --end()----> ended                           a cancel, a timeout, the shutdown
//   running --end()---> ended                           the same, where the result is abandoned
class WorkItem : public ListLinks, public LoopItem {
 public:
  WorkItem() noexcept : LoopItem(&WorkItem::tell) {}

  // queued -> running. False where it has been withdrawn: then drop() it.
  bool begin() noexcept;
  // Calls run() on this thread, between begin() and finish(). No exception gets out.
  Status run_it() noexcept;
  // running -> ended with what run_it() returned, then drops the runner's side.
  void finish(Status result) noexcept;

  // queued -> ended, or running -> ended where the result is abandoned. False where somebody was faster.
  enum class From { queued, running };
  bool end(From state, silex_outcome outcome, Status error) noexcept;
  // Gives back an item that was not queued after all, untold and unreleased. False where its timeout was
  // faster: then it counts as accepted.
  bool discard() noexcept;
  // Tells a running function that its result is not wanted any more; the first reason counts.
  void request_stop(silex_outcome reason) noexcept;
  [[nodiscard]] bool stop_requested() const noexcept {
    return stop_reason_.load(std::memory_order_acquire) != SILEX_OUTCOME_VALUE;
  }

  [[nodiscard]] bool has_ended() const noexcept {
    return state_.load(std::memory_order_acquire) == State::ended;
  }

  // Keeps it from being given back for a while. False where that is too late.
  bool retain() noexcept;
  void drop() noexcept;

  // Valid after it ended, for the side that tells.
  [[nodiscard]] silex_outcome outcome() const noexcept { return outcome_; }
  [[nodiscard]] const Status& error() const noexcept { return error_; }

  // Set by WorkStore::make() and not changed until drop().
  silex_work work{};
  silex_id id = 0;
  WorkKind kind = WorkKind::call;
  TimePoint accepted;
  TimePoint begun;  // of a job that runs; guarded by the pool
  TimePoint deadline = TimePoint::max();
  silex_id timeout_timer = 0;
  Waiter* waiter = nullptr;
  EventLoop* loop = nullptr;
  WorkStore* store = nullptr;

  std::uint64_t list_epoch = 0;     // the list's when it was pushed, 0 outside; guarded by the list
  WorkItem* interrupted = nullptr;  // the call that this one runs inside of; main thread only

 private:
  friend class WorkStore;
  enum class State : std::uint8_t { free, queued, running, ended };

  static void tell(LoopItem* self);
  void tell_end() noexcept;

  std::atomic<State> state_{State::free};
  std::atomic<std::uint8_t> holders_{0};
  std::atomic<silex_outcome> stop_reason_{SILEX_OUTCOME_VALUE};
  silex_outcome outcome_ = SILEX_OUTCOME_VALUE;
  Status error_;
  Status failure_;  // what run() said through scope->fail()
};

// The status that stands for an outcome where there is no text of its own.
silex_status status_of(silex_outcome outcome) noexcept;

// Calls a work's run() with a scope: inline where there is no item. No exception gets out.
Status run_guarded(const silex_work& work, const WorkItem* item, Status& failure) noexcept;

}  // namespace silex
