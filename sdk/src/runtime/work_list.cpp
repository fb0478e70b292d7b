#include "runtime/work_list.hpp"

namespace silex {

// Under the lock, after each change.
void WorkList::resized() noexcept {
  // Before the size: who sees that there is an item sees since when.
  if (!items_.empty()) {
    waiting_since_.store(items_.front()->accepted.time_since_epoch().count(), std::memory_order_relaxed);
  }
  size_.store(items_.size(), std::memory_order_seq_cst);
}

WorkList::Pushed WorkList::push(WorkItem* item) {
  bool notify = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return Pushed::closed;
    if (items_.size() >= bound_) return Pushed::full;
    item->list_epoch = epoch_;
    items_.push_back(item);
    resized();
    notify = sleepers_ > 0;
  }
  if (notify) changed_.notify_one();
  return Pushed::yes;
}

WorkItem* WorkList::pop() {
  const std::lock_guard lock(mutex_);
  WorkItem* const item = items_.pop_front();
  if (item) item->list_epoch = 0;
  resized();
  return item;
}

WorkItem* WorkList::wait_and_pop(std::atomic<int>& idle) {
  std::unique_lock<std::mutex> lock(mutex_);
  ++sleepers_;
  changed_.wait(lock, [&] { return closed_ || !items_.empty(); });
  --sleepers_;
  --idle;
  WorkItem* const item = items_.pop_front();
  if (item) item->list_epoch = 0;
  resized();
  return item;
}

bool WorkList::outnumbers(const std::atomic<int>& idle, std::size_t more) const {
  const std::lock_guard lock(mutex_);
  return items_.size() + more > static_cast<std::size_t>(idle.load());
}

void WorkList::take_all(Items& items) {
  const std::lock_guard lock(mutex_);
  items.append(items_);
  ++epoch_;
  resized();
}

std::size_t WorkList::put_back(Items& items) {
  const std::lock_guard lock(mutex_);
  items_.prepend(items);
  resized();
  return items_.size();
}

void WorkList::wait_for_change(std::uint64_t notifications_seen, Duration bound) {
  std::unique_lock<std::mutex> lock(mutex_);
  ++sleepers_;
  changed_.wait_for(
      lock, bound, [&] { return closed_ || !items_.empty() || notifications_.load() != notifications_seen; });
  --sleepers_;
}

void WorkList::notify() {
  {
    const std::lock_guard lock(mutex_);
    ++notifications_;
  }
  changed_.notify_all();
}

bool WorkList::withdraw(WorkItem& item, silex_outcome outcome, const Status& why) {
  if (item.end(WorkItem::From::queued, outcome, why)) {
    bool unlinked = false;
    {
      const std::lock_guard lock(mutex_);
      // Elsewhere it is a stone that its runner steps over.
      if (item.list_epoch == epoch_) {
        items_.erase(&item);
        item.list_epoch = 0;
        unlinked = true;
        resized();
      }
    }
    if (unlinked) item.drop();
    return true;
  }
  if (item.has_ended()) return false;
  item.request_stop(outcome);
  if ((item.work.flags & SILEX_WORK_ABANDON) != 0) item.end(WorkItem::From::running, outcome, why);
  return true;
}

std::size_t WorkList::end_all(silex_outcome outcome, const Status& why) {
  Items items;
  take_all(items);
  const std::size_t count = items.size();
  end_items(items, outcome, why);
  return count;
}

void WorkList::close(silex_outcome outcome, const Status& why) {
  Items items;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    items.append(items_);
    ++epoch_;
    resized();
  }
  changed_.notify_all();
  end_items(items, outcome, why);
}

void WorkList::end_items(Items& items, silex_outcome outcome, const Status& why) {
  while (WorkItem* const item = items.pop_front()) {
    item->end(WorkItem::From::queued, outcome, why);
    item->drop();
  }
}

}  // namespace silex
