// One run of a runtime, from start to stop: loop, queue, workers and watchdog put together.
#pragma once

#include "runtime/call_queue.hpp"
#include "runtime/clock.hpp"
#include "runtime/event_loop.hpp"
#include "runtime/host_port.hpp"
#include "runtime/ids.hpp"
#include "runtime/logger.hpp"
#include "runtime/occupancy_sampler.hpp"
#include "runtime/status.hpp"
#include "runtime/task_registry.hpp"
#include "runtime/watchdog.hpp"
#include "runtime/work_store.hpp"
#include "runtime/worker_pool.hpp"

#include <silex/runtime.h>

#include <atomic>
#include <memory>
#include <thread>

namespace silex {

// How a runtime behaves; every member has a value.
struct Settings {
  std::size_t workers;
  std::size_t worker_queue;
  CallQueue::Settings calls;
  StallDetector::Limits stalls;
  Duration no_pump;
  Duration stop_timeout;
  EventSink event_sink{};
  // How often, and to whom, it is told what the threads are busy with, once that is measured.
  Duration occupancy_interval = std::chrono::milliseconds(500);
  OccupancySink occupancy_sink{};
  std::size_t outstanding = kWorkSlots;  // calls and jobs, at most
};

// Its threads hold it, so that one that has to be left behind has all that it touches. The functions do what
// those of the same name in the C ABI do, on arguments that have been checked.
class Core : public std::enable_shared_from_this<Core> {
 public:
  // `host` may be nullptr; else it outlives stop().
  Core(const Settings& settings, std::shared_ptr<Logger> logger, HostPort* host, Clock& clock);

  // Takes this thread for the main thread. On failure nothing runs. [main-thread]
  Status start();
  // [main-thread] Once. Callers let no new work in before they call it.
  Status stop();

  Status defer(const silex_work& work, silex_id* id);
  Status call_and_wait(const silex_work& work);
  Status submit(const silex_work& work, silex_id* id);
  Status cancel(silex_id id);
  Status drain(silex_drain_report& report);
  Status pump_until(bool (*until)(void*), void* data, std::uint64_t timeout_ns);
  void notify_pump() { calls_.notify_pump(); }

  Status task_close(silex_task_id id);
  Status task_cancel(silex_task_id id);

  // A line for the log, which the watchdog writes: the caller does not wait for the log's sink. [any-thread]
  void log(silex_log_level level, std::string line) noexcept { watchdog_.log(level, std::move(line)); }

  void read(silex_metrics& metrics) const;
  // From here on Settings::occupancy_sink is told. [any-thread]
  void measure_occupancy() noexcept;
  [[nodiscard]] silex_thread current_thread() const noexcept;
  // Whether neither loop nor workers have anything to do, so that nothing happens until somebody else does
  // something. For tests. [any-thread but loop-thread]
  [[nodiscard]] bool is_quiet();
  [[nodiscard]] bool is_running_a_call() const noexcept { return calls_.is_running_a_call(); }

  EventLoop& loop() noexcept { return loop_; }
  TaskRegistry& tasks() noexcept { return tasks_; }

 private:
  Status accept(WorkItem* item, silex_id* id);
  Status defer_and_wait(const silex_work& work);
  void withdraw(WorkItem& item, silex_outcome outcome, const Status& why, bool& found);
  void on_timeout(silex_id work);
  StallDetector::Sight look();
  void sample_occupancy(TimePoint now);
  void enter_thread(silex_thread thread) noexcept;
  void end_tasks();
  Status join_loop();

  const Settings settings_;
  const std::shared_ptr<Logger> logger_;
  HostPort* const host_;
  Clock& clock_;
  std::atomic<bool> host_can_wake_{false};
  bool attached_ = false;  // main thread only
  std::thread::id main_thread_;
  TimePoint woken_again_;               // watch thread only
  OccupancySampler occupancy_sampler_;  // the same

  TaskRegistry tasks_;
  Watchdog watchdog_;
  CallQueue calls_;
  EventLoop loop_;
  WorkStore store_;
  WorkerPool workers_;
};

}  // namespace silex
