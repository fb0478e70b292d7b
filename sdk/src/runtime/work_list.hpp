// Work that waits for its turn, for the main thread or for the workers: in order, bounded, and open to being
// withdrawn until it starts.
#pragma once

#include "platform/brief_mutex.hpp"
#include "runtime/intrusive_list.hpp"
#include "runtime/work_item.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace silex {

class WorkList {
 public:
  using Items = IntrusiveList<WorkItem>;

  explicit WorkList(std::size_t bound) : bound_(bound) {}

  enum class Pushed { yes, closed, full };
  // Takes the item in, unless it is closed or full: then the item is still the caller's. [any-thread]
  Pushed push(WorkItem* item);

  // The first item, or nullptr. [the runner's thread]
  WorkItem* pop();
  // The first item, as soon as there is one; nullptr once it is closed and empty. Takes the caller off those
  // that are `idle`.
  WorkItem* wait_and_pop(std::atomic<int>& idle);
  // Whether those that wait, and so many more, are more than are `idle` in wait_and_pop(): none of them is
  // counted on both sides. [any-thread]
  [[nodiscard]] bool outnumbers(const std::atomic<int>& idle, std::size_t more) const;
  // All items at once, behind those that are in `items`.
  void take_all(Items& items);
  // Back to the front with what take_all() gave. Returns how many are queued then.
  std::size_t put_back(Items& items);

  // Waits until there is an item, it is closed, notify() was called since notifications() was read, or
  // `bound` has passed.
  void wait_for_change(std::uint64_t notifications_seen, Duration bound);
  [[nodiscard]] std::uint64_t notifications() const noexcept { return notifications_.load(); }
  void notify();

  // Ends an item that waits; asks one that runs to stop, and ends it too where it may be abandoned. The
  // caller retains `item`. False where it has ended already. [any-thread]
  bool withdraw(WorkItem& item, silex_outcome outcome, const Status& why);

  // Ends all items that wait. Returns how many. [any-thread]
  std::size_t end_all(silex_outcome outcome, const Status& why);
  // Takes no more items, and ends those that wait. [any-thread]
  void close(silex_outcome outcome, const Status& why);

  [[nodiscard]] std::size_t bound() const noexcept { return bound_; }
  // Exact only for whoever holds all pushers back. [any-thread]
  [[nodiscard]] std::size_t size() const noexcept { return size_.load(std::memory_order_seq_cst); }
  // When the item that is first now arrived; only where size() is not 0, and not exact. [any-thread]
  [[nodiscard]] TimePoint waiting_since() const noexcept {
    return TimePoint(Duration(waiting_since_.load(std::memory_order_relaxed)));
  }

 private:
  void end_items(Items& items, silex_outcome outcome, const Status& why);
  void resized() noexcept;

  const std::size_t bound_;
  mutable platform::BriefMutex mutex_;
  std::condition_variable changed_;
  Items items_;
  std::uint64_t epoch_ = 1;  // of the items that can be unlinked one by one: those pushed since take_all()
  std::size_t sleepers_ = 0;
  std::atomic<std::uint64_t> notifications_{0};
  bool closed_ = false;
  std::atomic<std::size_t> size_{0};
  std::atomic<std::int64_t> waiting_since_{0};
};

}  // namespace silex
