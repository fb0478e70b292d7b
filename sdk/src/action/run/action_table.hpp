// The open actions of a run of a runtime: by their ids, and with those nested in them by their uuids.
#pragma once

#include <silex/abi.h>

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace silex::action {

class Runner;

// [any-thread]
class ActionTable {
 public:
  void add(silex_id id, const std::shared_ptr<Runner>& runner);
  // nullptr where there is none.
  std::shared_ptr<Runner> find(silex_id id);
  std::shared_ptr<Runner> take(silex_id id);
  std::vector<std::shared_ptr<Runner>> take_all();
  [[nodiscard]] bool empty();

  // While it lives, users' wishes reach it.
  void know(const std::string& uuid, const std::shared_ptr<Runner>& runner);
  void forget(const std::string& uuid);
  std::shared_ptr<Runner> find(const std::string& uuid);

  // The task of a command that runs for an action, so that what it costs is told as the action's.
  struct Work {
    std::string action;  // its uuid
    std::string name;    // the task's
  };
  void works(silex_task_id task, Work work);
  // It is remembered until forget_ended_tasks(), but for no more than a few thousand.
  void ended(silex_task_id task);
  // Empty where it is not known.
  Work work_of(silex_task_id task);
  void forget_ended_tasks();

 private:
  std::mutex mutex_;
  std::unordered_map<silex_id, std::shared_ptr<Runner>> open_;
  std::unordered_map<std::string, std::weak_ptr<Runner>> by_uuid_;
  std::unordered_map<silex_task_id, Work> tasks_;
  std::deque<silex_task_id> ended_;
};

}  // namespace silex::action
