// What was handed to the present connection and may have to be taken back when it breaks: frames the
// operating system has not taken yet, and at-least-once events without their acknowledgement. Net sequence
// only.
#pragma once

#include "net/outbox.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace silex::net {

class Flight {
 public:
  explicit Flight(OutboxBudget& budget) : budget_(budget) {}

  void hand_over(const OutgoingPtr& event);
  // Frames of the protocol, which nobody takes back.
  void hand_over_control(std::size_t frames = 1) { unwritten_.push_back({nullptr, frames}); }

  void written(std::size_t frames);

  // `event` needs no resending any more: acknowledged or given up. Gives its room in the budget back, once.
  void settle(Outgoing& event);

  // The connection broke: what has to be sent again, in order. `lost` gets those that went or were not kept.
  std::vector<OutgoingPtr> take_back(std::vector<OutgoingPtr>& lost);

  // The oldest event whose acknowledgement is overdue, to make room; null when there is none.
  OutgoingPtr oldest_overdue() const;

  std::size_t backlog() const { return backlog_; }  // bytes not yet with the operating system
  bool all_written() const { return unwritten_.empty(); }

 private:
  struct Part {
    OutgoingPtr event;  // null: control
    std::size_t frames = 0;
  };
  void trim();

  OutboxBudget& budget_;
  std::deque<Part> unwritten_;
  std::deque<OutgoingPtr> unacknowledged_;  // at-least-once events that were written; settled ones in between
  std::size_t settled_ = 0;
  std::size_t backlog_ = 0;
};

}  // namespace silex::net
