// What the event loop runs, and the lock-free inbox through which any thread hands it over.
#pragma once

#include <silex/abi.h>

#include <atomic>

namespace silex {

// One thing for the loop to run, once. Intrusive: handing it over allocates nothing.
struct LoopItem {
  explicit LoopItem(void (*run_item)(LoopItem*)) noexcept : run(run_item) {}

  void (*run)(LoopItem* self);  // may delete `self`
  LoopItem* next = nullptr;
  silex_task_id task = 0;  // on whose behalf
};

// Many threads push, the loop takes all at once. A Treiber stack that is never popped singly has no ABA
// problem; reversing what was taken gives the order of arrival.
class Inbox {
 public:
  // [any-thread]
  void push(LoopItem* item) noexcept {
    item->next = head_.load(std::memory_order_relaxed);
    // seq_cst: pairs with the loop's look at empty() after it said that it is parked.
    while (!head_.compare_exchange_weak(item->next, item, std::memory_order_seq_cst)) {
    }
  }

  // [any-thread]
  [[nodiscard]] bool empty() const noexcept { return head_.load(std::memory_order_seq_cst) == nullptr; }

  // All items, linked by `next`, first in first. [loop-thread]
  [[nodiscard]] LoopItem* take_all() noexcept {
    LoopItem* item = head_.exchange(nullptr, std::memory_order_acq_rel);
    LoopItem* first = nullptr;
    while (item) {
      LoopItem* const next = item->next;
      item->next = first;
      first = item;
      item = next;
    }
    return first;
  }

 private:
  std::atomic<LoopItem*> head_{nullptr};
};

}  // namespace silex
