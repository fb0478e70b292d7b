// The tasks that are open: what they are called, and how they are asked to end.
#pragma once

#include <silex/loop.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace silex {

// [any-thread]
class TaskRegistry {
 public:
  // Throws std::bad_alloc.
  silex_task_id open(const silex_task& task);
  // False where it is not open.
  bool close(silex_task_id id);

  // "task 'name'", "an unknown task" where it was closed long ago, "nobody" for 0.
  [[nodiscard]] std::string describe(silex_task_id id) const;
  // The name alone; "" where it was closed long ago. A task that held the loop in its last moments is closed
  // by the time that this is reported.
  [[nodiscard]] std::string name(silex_task_id id) const;
  // "task 'name'" of one that is open, and how many are besides: "task 'name' and 2 more".
  [[nodiscard]] std::string describe_open() const;
  [[nodiscard]] bool is_open(silex_task_id id) const;

  // Asks it to end, unless it was asked before. [loop-thread]
  void cancel(silex_task_id id);
  void cancel_all();

  [[nodiscard]] std::size_t count() const noexcept { return count_.load(std::memory_order_seq_cst); }

 private:
  struct Task {
    std::string name;
    void* data = nullptr;
    void (*cancel)(void* data) = nullptr;
  };

  mutable std::mutex mutex_;
  std::unordered_map<silex_task_id, Task> tasks_;
  std::deque<std::pair<silex_task_id, std::string>> closed_;  // the last few
  std::atomic<std::size_t> count_{0};
};

}  // namespace silex
