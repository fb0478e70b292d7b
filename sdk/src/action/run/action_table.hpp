// The open actions of a run of a runtime: by their ids, and with those nested in them by their uuids.
#pragma once

#include <silex/abi.h>

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

 private:
  std::mutex mutex_;
  std::unordered_map<silex_id, std::shared_ptr<Runner>> open_;
  std::unordered_map<std::string, std::weak_ptr<Runner>> by_uuid_;
};

}  // namespace silex::action
