#include "runtime/task_registry.hpp"

#include "runtime/ids.hpp"

#include <algorithm>
#include <utility>

namespace silex {

namespace {

constexpr std::size_t kClosedKept = 16;

}  // namespace

silex_task_id TaskRegistry::open(const silex_task& task) {
  const silex_task_id id = next_sequence();
  const std::lock_guard lock(mutex_);
  tasks_.emplace(id, Task{task.name, task.data, task.cancel});
  count_.store(tasks_.size(), std::memory_order_seq_cst);
  return id;
}

bool TaskRegistry::close(silex_task_id id) {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(id);
  if (found == tasks_.end()) return false;
  closed_.emplace_back(id, std::move(found->second.name));
  if (closed_.size() > kClosedKept) closed_.pop_front();
  tasks_.erase(found);
  count_.store(tasks_.size(), std::memory_order_seq_cst);
  return true;
}

std::string TaskRegistry::describe(silex_task_id id) const {
  if (id == 0) return "nobody";
  const std::string known = name(id);
  return known.empty() ? "an unknown task" : "task '" + known + "'";
}

std::string TaskRegistry::describe_open() const {
  const std::lock_guard lock(mutex_);
  if (tasks_.empty()) return "nobody";
  // The oldest, so that the answer is always the same.
  const auto oldest = std::min_element(tasks_.begin(), tasks_.end(),
                                       [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::string first = "task '" + oldest->second.name + "'";
  return tasks_.size() == 1 ? first : first + " and " + std::to_string(tasks_.size() - 1) + " more";
}

std::string TaskRegistry::name(silex_task_id id) const {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(id);
  if (found != tasks_.end()) return found->second.name;
  for (const auto& [closed, known] : closed_) {
    if (closed == id) return known;
  }
  return {};
}

bool TaskRegistry::is_open(silex_task_id id) const {
  const std::lock_guard lock(mutex_);
  return tasks_.contains(id);
}

void TaskRegistry::cancel(silex_task_id id) {
  Task asked;
  {
    const std::lock_guard lock(mutex_);
    const auto found = tasks_.find(id);
    if (found == tasks_.end()) return;
    asked.cancel = std::exchange(found->second.cancel, nullptr);
    asked.data = found->second.data;
  }
  if (asked.cancel) asked.cancel(asked.data);
}

void TaskRegistry::cancel_all() {
  std::vector<silex_task_id> ids;
  {
    const std::lock_guard lock(mutex_);
    ids.reserve(tasks_.size());
    for (const auto& [id, task] : tasks_) ids.push_back(id);
  }
  // One by one: asking a task to end may close others.
  for (const silex_task_id id : ids) cancel(id);
}

}  // namespace silex
