#include "runtime/core.hpp"

#include "runtime/ids.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

namespace silex {

namespace {

struct ThreadRole {
  const Core* core = nullptr;
  silex_thread thread = SILEX_THREAD_OTHER;
};
thread_local ThreadRole role;

// Four looks for the shortest limit, so that a warning is late by a quarter of it at most.
Duration look_interval(const Settings& settings) {
  const Duration shortest =
      std::min({settings.stalls.loop_stall, settings.stalls.host_busy, settings.no_pump});
  return std::clamp<Duration>(shortest / 4, std::chrono::milliseconds(1), std::chrono::milliseconds(250));
}

Status stopped() {
  return {SILEX_ERROR_HOST_GONE, "the runtime has stopped: the host is gone"};
}

}  // namespace

Core::Core(const Settings& settings, std::shared_ptr<Logger> logger, HostPort* host, Clock& clock)
    : settings_(settings),
      logger_(std::move(logger)),
      host_(host),
      clock_(clock),
      main_thread_(std::this_thread::get_id()),
      occupancy_sampler_(settings.occupancy_interval),
      watchdog_(
          settings.stalls, look_interval(settings), [this] { return look(); }, *logger_, settings.event_sink),
      calls_(
          clock, settings.calls,
          [this](const WorkItem& call, Duration held) {
            const std::string name = call.work.name ? call.work.name : tasks_.name(call.task);
            watchdog_.tell(
                {SILEX_EVENT_SLOW_CALL, call.task, name, held,
                 "the deferred call '" + name + "' held the host's main thread for " + describe(held)});
          },
          [this] {
            if (!host_can_wake_.load(std::memory_order_acquire)) return CallQueue::Wake::nobody_to_ask;
            try {
              return host_->wake() ? CallQueue::Wake::asked : CallQueue::Wake::refused;
            } catch (const std::exception&) {  // no memory for what it says: the call is queued all the same
              return CallQueue::Wake::refused;
            }
          }),
      loop_(
          clock, *logger_, tasks_, calls_.draining(), settings.stalls.loop_stall,
          [this](silex_task_id task, TimePoint since, Duration held) {
            watchdog_.loop_let_go(task, tasks_.name(task), since, held);
          },
          [this](silex_id work) { on_timeout(work); }),
      store_(loop_, clock, settings.outstanding),
      workers_(clock, settings.workers, settings.worker_queue,
               [this] { enter_thread(SILEX_THREAD_WORKER); }) {}

Status Core::start() {
  try {
    watchdog_.start(shared_from_this(), [this] { enter_thread(SILEX_THREAD_WATCH); });
    loop_.start(shared_from_this());
    workers_.start(weak_from_this());
  } catch (const std::system_error& error) {
    static_cast<void>(stop());
    return {SILEX_ERROR_OUT_OF_MEMORY,
            std::string("the system has no thread for the runtime: ") + error.what()};
  }
  loop_.post(
      0, [](void* core) { static_cast<Core*>(core)->enter_thread(SILEX_THREAD_LOOP); }, this);
  if (!host_) return {};
  auto mode = SILEX_HOST_INTERACTIVE;
  Status attached = host_->attach(mode);
  if (!attached.ok()) {
    static_cast<void>(stop());
    return attached;
  }
  attached_ = true;
  host_can_wake_.store(mode == SILEX_HOST_INTERACTIVE, std::memory_order_release);
  calls_.wake_again();  // for what came while it was attached
  return {};
}

Status Core::stop() {
  const Status gone = stopped();
  calls_.close(SILEX_OUTCOME_HOST_GONE, gone);
  if (std::exchange(attached_, false)) {
    host_can_wake_.store(false, std::memory_order_release);
    host_->detach();
    watchdog_.tell({SILEX_EVENT_HOST_GONE,
                    0,
                    host_->name(),
                    {},
                    "the host is gone: adapter '" + host_->name() + "' is detached"});
  }
  loop_.post(
      0, [](void* core) { static_cast<Core*>(core)->end_tasks(); }, this);
  workers_.close(SILEX_OUTCOME_HOST_GONE, gone);
  Status result;
  if (!workers_.join_for(settings_.stop_timeout, SILEX_OUTCOME_HOST_GONE, gone)) {
    result = {SILEX_ERROR_TIMED_OUT, "a job held its worker for more than " +
                                         describe(settings_.stop_timeout) +
                                         " after it was asked to stop: its thread is left to end by itself"};
  }
  Status joined = join_loop();
  if (result.ok()) result = std::move(joined);
  if (!watchdog_.stop(settings_.stop_timeout) && result.ok()) {
    result = {SILEX_ERROR_TIMED_OUT, "the event sink held the watchdog for more than " +
                                         describe(settings_.stop_timeout) +
                                         ": its thread is left to end by itself"};
  }
  if (result.ok()) return result;
  workers_.leave();
  loop_.leave();
  watchdog_.leave();
  logger_->write(SILEX_LOG_ERROR, result.message());
  return result;
}

// On the loop: from here on there is nothing that a task could wait for.
void Core::end_tasks() {
  tasks_.cancel_all();
  loop_.cancel_all_timers(SILEX_ERROR_HOST_GONE);
}

Status Core::join_loop() {
  // Whoever ended a piece of work may not have handed it to the loop yet.
  loop_.finish([this] { return tasks_.count() == 0 && store_.all_told(); });
  if (loop_.join_for(settings_.stop_timeout)) return {};
  // Held by a callback, or kept by a task that does not end though it was asked to.
  const auto held_by = loop_.occupancy().read();
  const std::string after =
      " for more than " + describe(settings_.stop_timeout) + " after it was asked to stop: ";
  const std::string who = held_by ? tasks_.describe(held_by->task) : tasks_.describe_open();
  loop_.give_up();  // so that it ends when it is let go: nobody can close a task any more
  if (!held_by && loop_.join_for(settings_.stop_timeout)) {
    return {SILEX_ERROR_TIMED_OUT, who + " kept the event loop" + after + "left unfinished"};
  }
  return {SILEX_ERROR_TIMED_OUT,
          who + " held the event loop" + after + "its thread is left to end by itself"};
}

Status Core::accept(WorkItem* item, silex_id* id) {
  // Before it is queued: afterwards it may have ended already.
  const silex_id accepted = item->id;
  const WorkKind kind = item->kind;
  const silex_id timer = item->deadline != TimePoint::max() && !item->waiter ? timer_id(next_sequence()) : 0;
  auto pushed = WorkList::Pushed::closed;
  try {
    if (timer != 0) {
      item->timeout_timer = timer;
      loop_.start_timeout(timer, item->deadline, accepted);
    }
    if (kind == WorkKind::job) pushed = workers_.push(item);
  } catch (...) {  // no memory, or no thread
    if (timer != 0) loop_.forget_timer(timer);
    if (item->discard()) throw;
    pushed = WorkList::Pushed::yes;  // its timeout was faster
  }
  if (kind == WorkKind::call && calls_.push(item)) pushed = WorkList::Pushed::yes;
  if (pushed != WorkList::Pushed::yes && item->discard()) {
    if (timer != 0) loop_.forget_timer(timer);
    if (pushed == WorkList::Pushed::closed) return stopped();
    return {SILEX_ERROR_QUEUE_FULL, "the workers' queue is full with " +
                                        std::to_string(workers_.queue_bound()) +
                                        " jobs: wait for some to end, or raise worker_queue"};
  }
  store_.count_accepted(kind);
  if (id) *id = accepted;
  return {};
}

Status Core::defer(const silex_work& work, silex_id* id) {
  return accept(store_.make(WorkKind::call, work, nullptr), id);
}

Status Core::submit(const silex_work& work, silex_id* id) {
  return accept(store_.make(WorkKind::job, work, nullptr), id);
}

Status Core::call_and_wait(const silex_work& work) {
  const silex_thread thread = current_thread();
  Status result;
  if (thread == SILEX_THREAD_LOOP) {
    result = {SILEX_ERROR_WOULD_DEADLOCK,
              "call_and_wait on the loop would stop every task until the host is free: await main_thread() "
              "instead"};
  } else if (thread != SILEX_THREAD_MAIN) {
    return defer_and_wait(work);
  } else {
    Status failure;
    result = run_guarded(work, nullptr, failure);
  }
  if (work.release) work.release(work.data);
  return result;
}

Status Core::defer_and_wait(const silex_work& work) {
  Waiter waiter;
  WorkItem* item = nullptr;
  try {
    item = store_.make(WorkKind::call, work, &waiter);
  } catch (...) {
    if (work.release) work.release(work.data);
    throw;
  }
  Status accepted = accept(item, nullptr);
  if (!accepted.ok()) {
    if (work.release) work.release(work.data);
    return accepted;
  }
  {
    std::unique_lock lock(waiter.mutex);
    const auto ended = [&] { return waiter.ended; };
    if (item->deadline == TimePoint::max()) {
      waiter.changed.wait(lock, ended);
    } else if (!waiter.changed.wait_for(lock, item->deadline - clock_.now(), ended)) {
      lock.unlock();
      bool found = false;
      withdraw(*item, SILEX_OUTCOME_TIMED_OUT, {SILEX_ERROR_TIMED_OUT, "the timeout of call_and_wait passed"},
               found);
      lock.lock();
      waiter.changed.wait(lock, ended);
    }
  }
  Status result = item->error();
  item->drop();
  return result;
}

void Core::withdraw(WorkItem& item, silex_outcome outcome, const Status& why, bool& found) {
  found = item.kind == WorkKind::call ? calls_.withdraw(item, outcome, why)
                                      : workers_.withdraw(item, outcome, why);
}

Status Core::cancel(silex_id id) {
  bool found = false;
  if (WorkItem* const item = store_.find(id)) {
    withdraw(*item, SILEX_OUTCOME_CANCELLED, {SILEX_ERROR_CANCELLED, "cancelled"}, found);
    item->drop();
  } else {
    found = loop_.cancel_timer(id, SILEX_ERROR_CANCELLED);
  }
  if (found) return {};
  return {SILEX_ERROR_NOT_FOUND,
          "there is nothing to cancel with the id " + std::to_string(id) + ": it has ended already"};
}

void Core::on_timeout(silex_id work) {
  if (WorkItem* const item = store_.find(work)) {
    bool found = false;
    withdraw(*item, SILEX_OUTCOME_TIMED_OUT, {SILEX_ERROR_TIMED_OUT, "the timeout passed"}, found);
    item->drop();
  }
}

Status Core::drain(silex_drain_report& report) {
  if (current_thread() != SILEX_THREAD_MAIN) {
    return {SILEX_ERROR_WRONG_THREAD,
            "drain on a thread that is not the host's main thread: call it where the runtime was started"};
  }
  return calls_.drain(report) ? Status() : stopped();
}

Status Core::pump_until(bool (*until)(void*), void* data, std::uint64_t timeout_ns) {
  if (current_thread() != SILEX_THREAD_MAIN) {
    return {SILEX_ERROR_WRONG_THREAD,
            "pump on a thread that is not the host's main thread: call it where the runtime was started"};
  }
  switch (calls_.pump_until(until, data, timeout_ns)) {
    case SILEX_OK:
      return {};
    case SILEX_ERROR_TIMED_OUT:
      return {SILEX_ERROR_TIMED_OUT, "the pump's time is up"};
    default:
      return stopped();
  }
}

Status Core::task_close(silex_task_id id) {
  if (!tasks_.close(id)) return {SILEX_ERROR_NOT_FOUND, "there is no open task " + std::to_string(id)};
  loop_.wake();  // it may wait for its last task
  return {};
}

Status Core::task_cancel(silex_task_id id) {
  if (!tasks_.is_open(id)) return {SILEX_ERROR_NOT_FOUND, "there is no open task " + std::to_string(id)};
  struct Cancel {
    Core* core;
    silex_task_id id;
  };
  loop_.post(
      id,
      [](void* data) {
        const std::unique_ptr<Cancel> cancel(static_cast<Cancel*>(data));
        cancel->core->tasks_.cancel(cancel->id);
      },
      new Cancel{this, id});
  return {};
}

void Core::measure_occupancy() noexcept {
  if (!settings_.occupancy_sink || settings_.occupancy_interval <= Duration(0)) return;
  loop_.busy_times().turn_on();
  calls_.busy_times().turn_on();
  workers_.busy_times().turn_on();
}

void Core::sample_occupancy(TimePoint now) {
  if (!workers_.busy_times().is_on() || !occupancy_sampler_.is_due(now)) return;
  const auto running = [](const Occupancy& occupancy) {
    std::vector<OccupancySampler::Running> now_there;
    if (const auto present = occupancy.read())
      now_there.push_back({present->task, present->since + present->nested});
    return now_there;
  };
  // What ended is taken first: see OccupancySampler::Lane.
  OccupancySampler::Lane loop{loop_.busy_times().take(), {}};
  loop.running = running(loop_.occupancy());
  OccupancySampler::Lane main{calls_.busy_times().take(), {}};
  main.running = running(calls_.occupancy());
  OccupancySampler::Lane workers{workers_.busy_times().take(), {}};
  workers.running = workers_.running();
  OccupancyReport report;
  report.worker_threads = workers_.threads();
  report.calls_waiting = calls_.size();
  report.jobs_waiting = workers_.queued();
  if (!occupancy_sampler_.sample(now, loop, main, workers, report)) return;
  for (LaneReport* const lane : {&report.loop, &report.main, &report.workers}) {
    for (LaneReport::Row& row : lane->tasks) row.name = tasks_.name(row.task);
  }
  settings_.occupancy_sink(report);
}

StallDetector::Sight Core::look() {
  const TimePoint now = clock_.now();
  sample_occupancy(now);
  StallDetector::Sight sight{now, loop_.occupancy().read(), calls_.occupancy().read(), calls_.waiting_since(),
                             calls_.last_looked()};
  if (sight.loop) sight.loop->name = tasks_.name(sight.loop->task);
  if (sight.call && sight.call->name.empty()) sight.call->name = tasks_.name(sight.call->task);

  const TimePoint waiting_since = std::max(sight.calls_waiting_since.value_or(now), sight.last_looked);
  if (sight.calls_waiting_since && host_can_wake_.load(std::memory_order_acquire)) {
    // A host may lose a wake, a file load that drops its timers, say.
    if (now - std::max(waiting_since, woken_again_) >= settings_.stalls.host_busy) {
      woken_again_ = now;
      calls_.wake_again();
    }
  } else if (sight.calls_waiting_since && !sight.call && !calls_.is_pumped() &&
             now - waiting_since >= settings_.no_pump) {
    const std::size_t ended =
        calls_.end_all(SILEX_OUTCOME_HOST_GONE,
                       {SILEX_ERROR_NO_PUMP,
                        "nobody pumps this host's main thread, and in batch mode it has no loop of its own: "
                        "call silex_pump_until() on it"});
    logger_->write(SILEX_LOG_ERROR,
                   std::to_string(ended) + " deferred call(s) failed: nobody pumps the host's main thread");
  }
  return sight;
}

void Core::read(silex_metrics& metrics) const {
  metrics.worker_threads = static_cast<std::uint32_t>(workers_.threads());
  metrics.calls_queued = calls_.size();
  metrics.calls_deferred = store_.accepted(WorkKind::call);
  metrics.jobs_queued = workers_.queued();
  metrics.jobs_submitted = store_.accepted(WorkKind::job);
  for (int i = 0; i < 5; ++i) {
    const auto outcome = static_cast<silex_outcome>(i);
    metrics.call_outcomes[i] = store_.counted(WorkKind::call, outcome);
    metrics.job_outcomes[i] = store_.counted(WorkKind::job, outcome);
  }
  const CallQueue::Counts& counts = calls_.counts();
  metrics.wakes = counts.wakes.load();
  metrics.wakes_failed = counts.wakes_failed.load();
  metrics.drains = counts.drains.load();
  metrics.drains_over_budget = counts.drains_over_budget.load();
  metrics.tasks_open = tasks_.count();
  metrics.events = watchdog_.told();
  metrics.call_wait = calls_.wait_times().read();
  metrics.call_run = calls_.run_times().read();
  metrics.job_wait = workers_.wait_times().read();
  metrics.job_run = workers_.run_times().read();
}

bool Core::is_quiet() {
  // A job that ended is told on the loop, and the loop may submit another one.
  const std::uint64_t jobs = store_.accepted(WorkKind::job);
  return workers_.is_idle() && loop_.is_idle() && store_.accepted(WorkKind::job) == jobs;
}

silex_thread Core::current_thread() const noexcept {
  if (std::this_thread::get_id() == main_thread_) return SILEX_THREAD_MAIN;
  return role.core == this ? role.thread : SILEX_THREAD_OTHER;
}

void Core::enter_thread(silex_thread thread) noexcept {
  role = {this, thread};
}

}  // namespace silex
