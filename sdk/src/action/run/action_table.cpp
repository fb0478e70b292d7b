#include "action/run/action_table.hpp"

#include <utility>

namespace silex::action {

namespace {

constexpr std::size_t kEndedKept = 4096;

}  // namespace

void ActionTable::add(silex_id id, const std::shared_ptr<Runner>& runner) {
  const std::lock_guard lock(mutex_);
  open_.emplace(id, runner);
}

std::shared_ptr<Runner> ActionTable::find(silex_id id) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(id);
  return found == open_.end() ? nullptr : found->second;
}

std::shared_ptr<Runner> ActionTable::take(silex_id id) {
  const std::lock_guard lock(mutex_);
  auto node = open_.extract(id);
  return node ? std::move(node.mapped()) : nullptr;
}

std::vector<std::shared_ptr<Runner>> ActionTable::take_all() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Runner>> all;
  for (auto& [id, runner] : std::exchange(open_, {})) all.push_back(std::move(runner));
  return all;
}

bool ActionTable::empty() {
  const std::lock_guard lock(mutex_);
  return open_.empty() && by_uuid_.empty();
}

void ActionTable::know(const std::string& uuid, const std::shared_ptr<Runner>& runner) {
  const std::lock_guard lock(mutex_);
  by_uuid_[uuid] = runner;
}

void ActionTable::forget(const std::string& uuid) {
  const std::lock_guard lock(mutex_);
  by_uuid_.erase(uuid);
}

std::shared_ptr<Runner> ActionTable::find(const std::string& uuid) {
  const std::lock_guard lock(mutex_);
  const auto found = by_uuid_.find(uuid);
  return found == by_uuid_.end() ? nullptr : found->second.lock();
}

void ActionTable::works(silex_task_id task, Work work) {
  const std::lock_guard lock(mutex_);
  tasks_.emplace(task, std::move(work));
}

void ActionTable::ended(silex_task_id task) {
  const std::lock_guard lock(mutex_);
  ended_.push_back(task);
  if (ended_.size() <= kEndedKept) return;
  tasks_.erase(ended_.front());
  ended_.pop_front();
}

ActionTable::Work ActionTable::work_of(silex_task_id task) {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(task);
  return found == tasks_.end() ? Work() : found->second;
}

void ActionTable::forget_ended_tasks() {
  const std::lock_guard lock(mutex_);
  for (const silex_task_id task : std::exchange(ended_, {})) tasks_.erase(task);
}

}  // namespace silex::action
