// What waits to be sent in one namespace: in order, within bounds, by each event's policy. Net sequence only.
#pragma once

#include "net/event.hpp"
#include "net/transport.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace silex::net {

struct OutboxBounds {
  std::size_t events = 10'000;
  std::size_t bytes = std::size_t{64} << 20;
};

// An event, encoded, from its emit until nobody needs it any more.
struct Outgoing {
  std::string nsp;
  std::string name;
  std::vector<Frame> frames;  // the packet and its attachments
  std::size_t bytes = 0;      // of all frames
  WhenOffline when_offline = WhenOffline::queue;
  std::string key;
  bool at_least_once = false;
  bool first = false;
  std::uint64_t visit = 0;   // 0: any; see EmitOptions::visit
  std::uint64_t ack_id = 0;  // 0: none wanted
  bool budgeted = false;     // counts towards the outbox's bounds
  bool in_flight = false;    // handed to the present connection
  bool written = false;      // with the operating system, on the present connection
  bool acknowledged = false;
  bool overdue = false;    // its acknowledgement did not come in time
  bool abandoned = false;  // dropped, or replaced by a newer one
};
using OutgoingPtr = std::shared_ptr<Outgoing>;

// The bounds are one for all namespaces of a client, and also count what was sent and may have to be sent
// again.
class OutboxBudget {
 public:
  explicit OutboxBudget(const OutboxBounds& bounds) : bounds_(bounds) {}

  // While the namespace is joined, what waits is on its way, so only a server that does not read can make it
  // grow: no bound on the count then, and one large event may pass the bound on bytes.
  bool has_room(std::size_t bytes, bool joined) const {
    return joined ? bytes_ < bounds_.bytes : events_ < bounds_.events && bytes_ + bytes <= bounds_.bytes;
  }
  void take(std::size_t bytes) { ++events_, bytes_ += bytes; }
  void give_back(std::size_t bytes) { --events_, bytes_ -= bytes; }

  std::size_t events() const { return events_; }
  std::size_t bytes() const { return bytes_; }
  const OutboxBounds& bounds() const { return bounds_; }

 private:
  OutboxBounds bounds_;
  std::size_t events_ = 0;
  std::size_t bytes_ = 0;
};

class Outbox {
 public:
  // Queues `event` at the end. With WhenOffline::latest, an earlier event of the same key leaves the queue
  // and is returned, abandoned: what is sent is thus always a part of what was emitted, in that order.
  OutgoingPtr push(OutgoingPtr event);

  // Puts events that were sent in vain back at the front, in their order. One that has a newer event of its
  // key waiting behind it is left out, and returned.
  std::vector<OutgoingPtr> put_back(const std::vector<OutgoingPtr>& events);

  // Takes out the events that are for one visit of the namespace.
  std::vector<OutgoingPtr> take_bound();

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  OutgoingPtr pop();  // not when empty
  const Outgoing& front();

 private:
  void skip_abandoned();

  std::deque<OutgoingPtr> queue_;  // with abandoned ones in between, which do not count
  std::size_t size_ = 0;
  std::unordered_map<std::string, OutgoingPtr> latest_;
};

}  // namespace silex::net
