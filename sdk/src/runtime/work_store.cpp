#include "runtime/work_store.hpp"

#include "runtime/ids.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace silex {

WorkItem* WorkStore::make(WorkKind kind, const silex_work& work, Waiter* waiter) {
  WorkItem* item = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!free_) {
      const std::size_t first = chunks_.size() * kChunk;
      if (first + kChunk > slots_) {
        throw std::length_error(
            std::to_string(first) +
            " calls and jobs are outstanding, which is all there may be at once: let some "
            "end first");
      }
      chunks_.push_back(std::make_unique<WorkItem[]>(kChunk));
      // In order of address, first slot on top.
      for (std::size_t i = kChunk; i-- > 0;) {
        WorkItem& fresh = chunks_.back()[i];
        fresh.id = work_id(0, first + i);
        fresh.LoopItem::next = free_;
        free_ = &fresh;
      }
    }
    item = free_;
    free_ = static_cast<WorkItem*>(item->LoopItem::next);
    item->id = work_id(next_sequence(), slot_of(item->id));
    if (!waiter) ++to_tell_;
  }
  item->work = work;
  item->task = work.task;
  item->kind = kind;
  item->accepted = clock_.now();
  const bool limited =
      work.timeout_ns != 0 && work.timeout_ns < static_cast<std::uint64_t>(Duration::max().count() / 2);
  item->deadline = limited ? item->accepted + Duration(work.timeout_ns) : TimePoint::max();
  item->timeout_timer = 0;
  item->waiter = waiter;
  item->loop = &loop_;
  item->store = this;
  item->list_epoch = 0;  // the former list's means something else to the next one
  item->interrupted = nullptr;
  item->outcome_ = SILEX_OUTCOME_VALUE;
  item->stop_reason_.store(SILEX_OUTCOME_VALUE, std::memory_order_relaxed);
  item->state_.store(WorkItem::State::queued, std::memory_order_relaxed);
  item->holders_.store(2, std::memory_order_release);
  return item;
}

WorkItem* WorkStore::find(silex_id id) {
  const std::lock_guard lock(mutex_);
  const std::size_t slot = slot_of(id);
  if (is_timer(id) || slot >= chunks_.size() * kChunk) return nullptr;
  WorkItem& item = chunks_[slot / kChunk][slot % kChunk];
  return item.id == id && item.retain() ? &item : nullptr;
}

void WorkStore::not_accepted(const WorkItem& item) noexcept {
  if (item.waiter) return;
  const std::lock_guard lock(mutex_);
  --to_tell_;
}

bool WorkStore::all_told() noexcept {
  const std::lock_guard lock(mutex_);
  return to_tell_ == told_;
}

void WorkStore::give_back(WorkItem* item) noexcept {
  item->error_ = Status();
  item->failure_ = Status();
  item->state_.store(WorkItem::State::free, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  item->LoopItem::next = free_;
  free_ = item;
}

}  // namespace silex
