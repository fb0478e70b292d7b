#include "net/acknowledgements.hpp"

namespace silex::net {

void Acknowledgements::add(std::uint64_t id, OutgoingPtr event, AckHandler handler, TimePoint emitted,
                           Duration timeout) {
  pending_.emplace(id, PendingAck{std::move(event), std::move(handler)});
  deadlines_[timeout].emplace_back(emitted + timeout, id);
}

std::optional<PendingAck> Acknowledgements::take(std::uint64_t id) {
  const auto found = pending_.find(id);
  if (found == pending_.end()) return std::nullopt;
  PendingAck pending = std::move(found->second);
  pending_.erase(found);
  return pending;
}

std::vector<PendingAck> Acknowledgements::expire(TimePoint now) {
  std::vector<PendingAck> expired;
  for (auto& [timeout, queue] : deadlines_) {
    while (!queue.empty() && queue.front().first <= now) {
      const auto found = pending_.find(queue.front().second);
      queue.pop_front();
      if (found == pending_.end()) continue;
      PendingAck& pending = found->second;
      pending.event->overdue = true;
      expired.push_back({pending.event, std::exchange(pending.handler, nullptr)});
      if (!pending.event->at_least_once) pending_.erase(found);
    }
  }
  return expired;
}

std::vector<PendingAck> Acknowledgements::take_lost() {
  std::vector<PendingAck> lost;
  for (auto entry = pending_.begin(); entry != pending_.end();) {
    const Outgoing& event = *entry->second.event;
    if (event.written && !event.at_least_once) {
      lost.push_back(std::move(entry->second));
      entry = pending_.erase(entry);
    } else {
      ++entry;
    }
  }
  return lost;
}

std::vector<PendingAck> Acknowledgements::take_all() {
  std::vector<PendingAck> all;
  all.reserve(pending_.size());
  for (auto& [id, pending] : pending_) all.push_back(std::move(pending));
  pending_.clear();
  deadlines_.clear();
  return all;
}

std::optional<TimePoint> Acknowledgements::next_deadline() {
  std::optional<TimePoint> next;
  for (auto& [timeout, queue] : deadlines_) {
    while (!queue.empty() && !pending_.contains(queue.front().second)) queue.pop_front();
    if (!queue.empty() && (!next || queue.front().first < *next)) next = queue.front().first;
  }
  return next;
}

}  // namespace silex::net
