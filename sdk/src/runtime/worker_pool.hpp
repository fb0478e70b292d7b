// The workers: threads for what blocks, started when they are first needed.
#pragma once

#include "platform/thread.hpp"
#include "runtime/busy_times.hpp"
#include "runtime/clock.hpp"
#include "runtime/histogram.hpp"
#include "runtime/occupancy_sampler.hpp"
#include "runtime/work_list.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace silex {

class WorkerPool {
 public:
  // `enter` runs first on each thread.
  WorkerPool(const Clock& clock, std::size_t threads, std::size_t queue_bound, std::function<void()> enter)
      : clock_(clock), threads_max_(threads), enter_(std::move(enter)), jobs_(queue_bound) {}

  // Threads that are started from here on hold `owner` until they end.
  void start(std::weak_ptr<void> owner) { owner_ = std::move(owner); }

  // Where it is closed or full, the item is still the caller's. [any-thread] Throws std::system_error where
  // the system has no thread for the first job.
  WorkList::Pushed push(WorkItem* job);
  // As WorkList::withdraw(). [any-thread]
  bool withdraw(WorkItem& job, silex_outcome outcome, const Status& why) {
    return jobs_.withdraw(job, outcome, why);
  }

  // Refuses more jobs, ends those that wait, and asks those that run to stop. [any-thread but worker-thread]
  void close(silex_outcome outcome, const Status& why);
  // Whether all threads have ended within the bound. Jobs that still run after it are ended without them.
  bool join_for(Duration bound, silex_outcome outcome, const Status& why);
  // Leaves those that have not to end by themselves. After join_for().
  void leave();

  [[nodiscard]] std::size_t queued() const noexcept { return jobs_.size(); }
  [[nodiscard]] std::size_t threads() const;
  // Whether no job waits or runs.
  [[nodiscard]] bool is_idle() const;
  // What runs now.
  [[nodiscard]] std::vector<OccupancySampler::Running> running() const;
  BusyTimes& busy_times() noexcept { return busy_times_; }
  [[nodiscard]] std::size_t queue_bound() const noexcept { return jobs_.bound(); }
  [[nodiscard]] const Histogram& wait_times() const noexcept { return wait_times_; }
  [[nodiscard]] const Histogram& run_times() const noexcept { return run_times_; }

 private:
  void add_thread();
  void work();
  void run(WorkItem* job);

  const Clock& clock_;
  const std::size_t threads_max_;
  const std::function<void()> enter_;
  std::weak_ptr<void> owner_;
  WorkList jobs_;
  std::atomic<int> idle_{0};  // threads that wait for a job, or are about to

  mutable std::mutex mutex_;
  std::vector<platform::Thread> threads_;
  WorkList::Items running_;
  bool closed_ = false;
  Histogram wait_times_;
  Histogram run_times_;
  BusyTimes busy_times_;
};

}  // namespace silex
