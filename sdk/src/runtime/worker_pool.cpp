#include "runtime/worker_pool.hpp"

#include <exception>
#include <string>
#include <utility>

namespace silex {

WorkList::Pushed WorkerPool::push(WorkItem* job) {
  // A thread first: a job that is queued must have somebody to run it.
  if (jobs_.outnumbers(idle_, 1)) add_thread();
  const WorkList::Pushed pushed = jobs_.push(job);
  // Who was idle before may have taken another job meanwhile.
  if (pushed == WorkList::Pushed::yes && jobs_.outnumbers(idle_, 0)) {
    try {
      add_thread();
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): there is one at least
    }
  }
  return pushed;
}

void WorkerPool::add_thread() {
  const std::lock_guard lock(mutex_);
  if (closed_ || threads_.size() >= threads_max_) return;
  ++idle_;
  try {
    threads_.emplace_back("silex-worker-" + std::to_string(threads_.size()),
                          [this, owner = owner_.lock()] { work(); });
  } catch (const std::exception&) {
    --idle_;
    if (threads_.empty()) throw;  // else those that are there do it
  }
}

void WorkerPool::work() {
  enter_();
  while (WorkItem* const job = jobs_.wait_and_pop(idle_)) {
    const TimePoint now = clock_.now();
    if (now >= job->deadline) {
      job->end(WorkItem::From::queued, SILEX_OUTCOME_TIMED_OUT,
               {SILEX_ERROR_TIMED_OUT, "the timeout passed before a worker came to the job"});
    }
    if (job->begin()) {
      run(job);
    } else {
      job->drop();
    }
    ++idle_;
  }
}

void WorkerPool::run(WorkItem* job) {
  const TimePoint begin = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    job->begun = begin;
    running_.push_back(job);
    if (closed_) job->request_stop(SILEX_OUTCOME_HOST_GONE);
  }
  Status result = job->run_it();
  {
    const std::lock_guard lock(mutex_);
    running_.erase(job);
    wait_times_.add(begin - job->accepted);
    const Duration took = clock_.now() - begin;
    run_times_.add(took);
    busy_times_.add(job->work.task, took);
  }
  job->finish(std::move(result));
}

void WorkerPool::close(silex_outcome outcome, const Status& why) {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  jobs_.close(outcome, why);
  const std::lock_guard lock(mutex_);
  for (WorkItem* job = running_.front(); job; job = static_cast<WorkItem*>(job->ListLinks::next)) {
    job->request_stop(outcome);
  }
}

bool WorkerPool::join_for(Duration bound, silex_outcome outcome, const Status& why) {
  const auto end = std::chrono::steady_clock::now() + bound;
  bool all = true;
  // Closed: no thread is added any more.
  for (platform::Thread& thread : threads_) {
    all = thread.join_for(end - std::chrono::steady_clock::now()) && all;
  }
  if (!all) {
    const std::lock_guard lock(mutex_);
    for (WorkItem* job = running_.front(); job; job = static_cast<WorkItem*>(job->ListLinks::next)) {
      job->end(WorkItem::From::running, outcome, why);
    }
  }
  return all;
}

void WorkerPool::leave() {
  for (platform::Thread& thread : threads_) thread.leave();
}

std::vector<OccupancySampler::Running> WorkerPool::running() const {
  const std::lock_guard lock(mutex_);
  std::vector<OccupancySampler::Running> running;
  for (const WorkItem* job = running_.front(); job;
       job = static_cast<const WorkItem*>(job->ListLinks::next)) {
    running.push_back({job->work.task, job->begun});
  }
  return running;
}

bool WorkerPool::is_idle() const {
  const std::lock_guard lock(mutex_);
  // In this order: a thread is no longer idle before the job that it takes no longer waits.
  return jobs_.size() == 0 && static_cast<std::size_t>(idle_.load()) == threads_.size();
}

std::size_t WorkerPool::threads() const {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

}  // namespace silex
