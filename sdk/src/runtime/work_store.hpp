// All items of work of a runtime: their memory, their ids, and how many ended in which way.
#pragma once

#include "platform/brief_mutex.hpp"
#include "platform/thread.hpp"
#include "runtime/work_item.hpp"

#include <silex/work.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace silex {

// An id is (sequence, slot): the slot finds the item at once, the sequence tells a stale id from a fresh one.
// Memory is kept for later items until the store goes. [any-thread]
class WorkStore {
 public:
  // Holds at most `slots` items, rounded down to a chunk.
  WorkStore(EventLoop& loop, const Clock& clock, std::size_t slots)
      : loop_(loop), clock_(clock), slots_(slots) {}

  // A new item in the state `queued`, with both sides holding it. Throws std::bad_alloc, and
  // std::length_error where all slots are taken.
  WorkItem* make(WorkKind kind, const silex_work& work, Waiter* waiter);

  // The item with that id, retained, or nullptr where it has ended.
  WorkItem* find(silex_id id);

  // It was made, but nobody will be told of its end.
  void not_accepted(const WorkItem& item) noexcept;
  // Of one piece of work, its end is told. [loop-thread]
  void count_told() noexcept { ++told_; }
  // Whether none is left whose end is to be told on the loop. [loop-thread]
  [[nodiscard]] bool all_told() noexcept;

  // The last drop().
  void give_back(WorkItem* item) noexcept;

  void count(WorkKind kind, silex_outcome outcome) noexcept {
    outcomes_[static_cast<std::size_t>(kind)][outcome].fetch_add(1, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t counted(WorkKind kind, silex_outcome outcome) const noexcept {
    return outcomes_[static_cast<std::size_t>(kind)][outcome].load(std::memory_order_relaxed);
  }
  void count_accepted(WorkKind kind) noexcept {
    accepted_[static_cast<std::size_t>(kind)].fetch_add(1, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t accepted(WorkKind kind) const noexcept {
    return accepted_[static_cast<std::size_t>(kind)].load(std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t kChunk = 256;

  EventLoop& loop_;
  const Clock& clock_;
  const std::size_t slots_;
  platform::BriefMutex mutex_;
  std::vector<std::unique_ptr<WorkItem[]>> chunks_;  // items have stable addresses
  WorkItem* free_ = nullptr;                         // linked by LoopItem::next
  std::uint64_t to_tell_ = 0;
  alignas(platform::kCacheLine) std::uint64_t told_ = 0;  // loop thread only
  // Written by the threads that run work, and by those that hand it over.
  alignas(platform::kCacheLine) std::array<std::array<std::atomic<std::uint64_t>, 5>, 2> outcomes_{};
  alignas(platform::kCacheLine) std::array<std::atomic<std::uint64_t>, 2> accepted_{};
};

}  // namespace silex
