// What goes over a connection, in the words of its user.
#pragma once

#include "net/codec/packet.hpp"
#include "net/sequence.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silex::net {

// What becomes of an event while its namespace is not joined.
enum class WhenOffline {
  queue,   // kept, in order
  latest,  // kept; takes the place of an earlier one with the same key that is still waiting
  drop,    // not kept
};

struct EmitOptions {
  WhenOffline when_offline = WhenOffline::queue;
  std::string key;  // for WhenOffline::latest, within one namespace
  // Sent again after a reconnect until the server acknowledged it. The server may then see it twice, when
  // only the acknowledgement was lost: give such events an id of their own.
  bool at_least_once = false;
  // Goes before everything that is kept, even while the namespace is held (JoinOptions::hold), on the present
  // connection only: without one it is dropped.
  bool first = false;
  // Not 0: only while the client is in the namespace for that time (StateChange::visit); afterwards it is
  // given up, although it may have been sent. For what a later connection begins anew with something else.
  std::uint64_t visit = 0;
  // For the acknowledgement, from the emit on, connected or not.
  std::chrono::milliseconds timeout{1000};
};

enum class AckStatus {
  acknowledged,
  timed_out,     // nothing came in time; what is kept is still sent later
  disconnected,  // it was sent, and the connection went away before the answer
  dropped,       // never sent: offline with WhenOffline::drop, replaced by a newer one, or no room was left
  refused,       // never sent: too large for the server, not encodable, namespace unknown
  stopped,       // the client was stopped first
};

// Exactly one per emit that asked for an acknowledgement.
struct Ack {
  AckStatus status = AckStatus::acknowledged;
  Arguments arguments;   // the server's, when acknowledged
  std::string sentence;  // otherwise: what happened to which event
};
using AckHandler = std::function<void(Ack ack)>;

// Answers an event whose sender wants an acknowledgement. Once; further calls do nothing. [any-thread]
using Reply = std::function<void(Arguments arguments)>;

struct Incoming {
  std::string nsp;
  std::string name;
  // With connection state recovery the server appends the event's offset, a string, as one argument more.
  Arguments arguments;
  Reply reply;  // empty when no acknowledgement is wanted
};
using EventHandler = std::function<void(const Incoming& event)>;

struct StateChange {
  enum class Kind {
    connected,     // the server answered
    disconnected,  // or could not be reached; `retry_in` says when the next attempt comes
    joined,        // namespace `nsp` accepted us
    left,          // the server put us out of `nsp`
    refused,       // the server refuses `nsp`, with its own message in `sentence`
    stopped,
  };
  Kind kind = Kind::connected;
  std::string nsp;
  // joined: the server kept our session, rooms included, and sends what we missed.
  bool recovered = false;
  // joined: counts how often the client came into a namespace; no two are the same.
  std::uint64_t visit = 0;
  std::string sentence;
  std::optional<Duration> retry_in;
  // connected: what the server takes in one message, in bytes (0: it did not say), and after how long a
  // silence it takes a connection for lost.
  std::uint64_t max_payload = 0;
  Duration silence{};
};
using StateHandler = std::function<void(const StateChange& change)>;

// Runs a call on the user's loop, later, never inside this call, in order. Called on the net thread; must not
// block.
using Executor = std::function<void(std::function<void()> call)>;

enum class LogLevel { debug, info, warning, error };
// [any-thread] Must not block, nor throw.
using LogSink = std::function<void(LogLevel level, std::string_view sentence)>;

}  // namespace silex::net
