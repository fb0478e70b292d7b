#include "net/outbox.hpp"

#include <utility>

namespace silex::net {

OutgoingPtr Outbox::push(OutgoingPtr event) {
  OutgoingPtr replaced;
  if (event->when_offline == WhenOffline::latest) {
    auto& latest = latest_[event->key];
    replaced = std::exchange(latest, event);
    if (replaced) {
      replaced->abandoned = true;
      --size_;
    }
  }
  queue_.push_back(std::move(event));
  ++size_;
  // A key that changes many times a second while the server is away must not grow the queue with abandoned
  // events.
  if (queue_.size() > 2 * size_ + 64) {
    std::erase_if(queue_, [](const OutgoingPtr& waiting) { return waiting->abandoned; });
  }
  return replaced;
}

std::vector<OutgoingPtr> Outbox::put_back(const std::vector<OutgoingPtr>& events) {
  std::vector<OutgoingPtr> superseded;
  // Backwards, so that of two with one key the newer is there first.
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if ((*event)->when_offline == WhenOffline::latest) {
      const bool fresh = latest_.emplace((*event)->key, *event).second;
      if (!fresh) {
        (*event)->abandoned = true;
        superseded.push_back(*event);
        continue;
      }
    }
    queue_.push_front(*event);
    ++size_;
  }
  return superseded;
}

std::vector<OutgoingPtr> Outbox::take_bound() {
  std::vector<OutgoingPtr> bound;
  std::erase_if(queue_, [&](const OutgoingPtr& waiting) {
    if (waiting->visit == 0) return false;
    if (!waiting->abandoned) bound.push_back(waiting);
    return true;
  });
  size_ -= bound.size();
  for (const auto& event : bound) {
    if (event->when_offline == WhenOffline::latest) latest_.erase(event->key);
  }
  return bound;
}

void Outbox::skip_abandoned() {
  while (!queue_.empty() && queue_.front()->abandoned) queue_.pop_front();
}

const Outgoing& Outbox::front() {
  skip_abandoned();
  return *queue_.front();
}

OutgoingPtr Outbox::pop() {
  skip_abandoned();
  OutgoingPtr event = std::move(queue_.front());
  queue_.pop_front();
  --size_;
  if (event->when_offline == WhenOffline::latest) latest_.erase(event->key);
  return event;
}

}  // namespace silex::net
