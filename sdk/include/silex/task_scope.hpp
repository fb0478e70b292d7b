// What all coroutines of one spawned task share, and how they are asked to end. The loop thread's alone.
#pragma once

#include <silex/api.h>

#include <optional>
#include <stop_token>

namespace silex::detail {

// Something that a task waits for and that can be cut short; lives in its coroutine. A stop is asked for on
// the loop only, so this needs none of the locks of a std::stop_callback.
struct Pending {
  void (*cancel)(Pending& self) noexcept = nullptr;  // called at most once; may destroy `self`
  Pending* previous = nullptr;
  Pending* next = nullptr;
  bool linked = false;
};

// Of a spawned task, or of a group of children within it. Outlives its coroutines.
class TaskScope {
 public:
  TaskScope(const silex_api* table, silex_runtime* of, silex_task_id task) noexcept
      : api(table), runtime(of), id(task) {}
  TaskScope(const TaskScope&) = delete;
  TaskScope& operator=(const TaskScope&) = delete;

  const silex_api* const api;
  silex_runtime* const runtime;
  silex_task_id id;

  void add(Pending& pending) noexcept {
    pending.previous = nullptr;
    pending.next = first_;
    if (first_) first_->previous = &pending;
    first_ = &pending;
    pending.linked = true;
  }
  void remove(Pending& pending) noexcept {
    if (!pending.linked) return;
    pending.linked = false;
    if (pending.next) pending.next->previous = pending.previous;
    (pending.previous ? pending.previous->next : first_) = pending.next;
  }

  // Cuts short all that is waited for, now and later.
  void request_stop() noexcept {
    if (stop_requested_) return;
    stop_requested_ = true;
    if (stop_) stop_->request_stop();
    while (Pending* const pending = first_) {
      remove(*pending);
      pending->cancel(*pending);
    }
  }
  [[nodiscard]] bool stop_requested() const noexcept { return stop_requested_; }

  // The same for those who want the standard's type.
  std::stop_token stop_token() {
    if (!stop_) {
      stop_.emplace();
      if (stop_requested_) stop_->request_stop();
    }
    return stop_->get_token();
  }

 private:
  Pending* first_ = nullptr;
  bool stop_requested_ = false;
  std::optional<std::stop_source> stop_;
};

}  // namespace silex::detail
