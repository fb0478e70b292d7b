#include "net/flight.hpp"

#include <algorithm>

namespace silex::net {
namespace {
bool is_settled(const OutgoingPtr& event) {
  return event->acknowledged || event->abandoned;
}
}  // namespace

void Flight::hand_over(const OutgoingPtr& event) {
  event->in_flight = true;
  unwritten_.push_back({event, event->frames.size()});
  backlog_ += event->bytes;
}

void Flight::written(std::size_t frames) {
  while (frames > 0 && !unwritten_.empty()) {
    Part& part = unwritten_.front();
    const std::size_t count = std::min(frames, part.frames);
    frames -= count;
    part.frames -= count;
    if (part.frames > 0) return;
    if (const OutgoingPtr event = std::move(part.event)) {
      backlog_ -= event->bytes;
      event->written = true;
      if (!event->at_least_once) {
        settle(*event);
      } else if (!is_settled(event)) {
        unacknowledged_.push_back(event);
      }
    }
    unwritten_.pop_front();
  }
}

void Flight::settle(Outgoing& event) {
  if (event.budgeted) {
    budget_.give_back(event.bytes);
    event.budgeted = false;
  }
  if (event.at_least_once && event.written) {
    ++settled_;
    event.frames = {};
    trim();
  }
}

// Answers come mostly in order; one that never comes must not keep all the later ones from being forgotten.
void Flight::trim() {
  while (!unacknowledged_.empty() && is_settled(unacknowledged_.front())) {
    unacknowledged_.pop_front();
    --settled_;
  }
  if (settled_ > 1024 && settled_ * 2 > unacknowledged_.size()) {
    std::erase_if(unacknowledged_, is_settled);
    settled_ = 0;
  }
}

std::vector<OutgoingPtr> Flight::take_back(std::vector<OutgoingPtr>& lost) {
  std::vector<OutgoingPtr> again;
  for (auto& event : unacknowledged_) {
    if (!is_settled(event)) again.push_back(std::move(event));
  }
  for (auto& [event, frames] : unwritten_) {
    if (!event || is_settled(event)) continue;
    const bool kept = event->budgeted && event->visit == 0 &&
                      (event->at_least_once || event->when_offline != WhenOffline::drop);
    (kept ? again : lost).push_back(event);
  }
  for (const auto& event : again) event->written = event->in_flight = false;
  unwritten_.clear();
  unacknowledged_.clear();
  settled_ = 0;
  backlog_ = 0;
  return again;
}

OutgoingPtr Flight::oldest_overdue() const {
  const auto overdue = [](const OutgoingPtr& event) { return event->overdue && !is_settled(event); };
  const auto found = std::find_if(unacknowledged_.begin(), unacknowledged_.end(), overdue);
  return found == unacknowledged_.end() ? nullptr : *found;
}

}  // namespace silex::net
