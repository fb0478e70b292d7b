// The acknowledgements that are awaited, and until when. Net sequence only.
#pragma once

#include "net/event.hpp"
#include "net/outbox.hpp"
#include "net/sequence.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace silex::net {

struct PendingAck {
  OutgoingPtr event;
  AckHandler handler;  // empty once it was told, or when nobody asked
};

class Acknowledgements {
 public:
  void add(std::uint64_t id, OutgoingPtr event, AckHandler handler, TimePoint emitted, Duration timeout);

  // The one the server answered. Nothing when it is not awaited (any more).
  std::optional<PendingAck> take(std::uint64_t id);

  // Those whose time is over by `now`: marked overdue and, unless they are sent again until they are
  // acknowledged, forgotten.
  std::vector<PendingAck> expire(TimePoint now);

  // Those that were sent in vain and will not be sent again.
  std::vector<PendingAck> take_lost();
  std::vector<PendingAck> take_all();

  std::optional<TimePoint> next_deadline();
  bool empty() const { return pending_.empty(); }
  std::size_t size() const { return pending_.size(); }

 private:
  std::unordered_map<std::uint64_t, PendingAck> pending_;
  // Few different time-outs exist, and within one of them deadlines only grow: a queue each, no sorting.
  // Answered ones are skipped when they come to the front.
  std::map<Duration, std::deque<std::pair<TimePoint, std::uint64_t>>> deadlines_;
};

}  // namespace silex::net
