// The heart of a client: everything it does on the net sequence. Client (client.hpp) is its face to other
// threads.
//
// Three files: engine.cpp is the life of the connection, engine_emit.cpp what goes out, engine_receive.cpp
// what comes in. One call on the sequence is a turn; what it produced leaves at its end, in one write and one
// call of the executor.
#pragma once

#include "net/acknowledgements.hpp"
#include "net/backoff.hpp"
#include "net/client.hpp"
#include "net/codec/socket_io_decode.hpp"
#include "net/deliveries.hpp"
#include "net/flight.hpp"
#include "net/link.hpp"
#include "net/membership.hpp"
#include "net/wire.hpp"

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace silex::net {

struct Emission {
  std::string nsp;
  std::string name;
  Arguments arguments;
  EmitOptions options;
  AckHandler handler;
  TimePoint emitted;
};

class Engine final : public std::enable_shared_from_this<Engine>, public LinkEvents {
 public:
  using Command = std::function<void(Engine&)>;

  Engine(ClientOptions options, Executor executor, LogSink log, Sequence& sequence,
         TransportFactory transports, const std::function<double()>& random);

  // [any-thread] In the order of the calls.
  void submit(Emission emission) { enqueue(std::move(emission)); }
  void submit(Command command) { enqueue(std::move(command)); }
  Statistics statistics() const;

  // [net-thread] `done` learns whether anything was left behind, on the net thread.
  void start();
  void stop(Duration bound, std::function<void(bool clean)> done);
  void reconnect_now();
  void join(const std::string& nsp, JoinOptions options);
  void leave(const std::string& nsp);
  void release(const std::string& nsp);
  void on(const std::string& nsp, const std::string& name, EventHandler handler);
  void on_state(StateHandler handler);

 private:
  enum class State { idle, connecting, linked, waiting, closing, stopped };
  using Queued = std::variant<Emission, Command>;

  // Turns
  void enqueue(Queued queued);
  void drain();
  void want_turn();
  void end_turn();
  void moderate();

  // Connection
  void connect();
  void lost(const CloseReason& reason);
  void join_now(Membership& membership);
  void joining_failed(Membership& membership, StateChange::Kind kind, const std::string& why);
  void close_when_flushed();
  void finalize();
  void tell(StateChange change);
  void log_once(LogLevel level, const std::string& sentence);
  void linked(const engine_io::Handshake& handshake) override;
  void ponged() override;
  void down(const CloseReason& reason) override;

  // Emitting
  void accept(Emission& emission);
  OutgoingPtr encode(Emission& emission);
  bool make_room(const Outgoing& event, bool joined);
  void pump(Membership& membership);
  void hand_over(const OutgoingPtr& event);
  void send_control(std::string packet);
  void send_batch();
  void reply(const std::string& nsp, std::uint64_t connection, std::uint64_t id, const Arguments& arguments);
  void drop(Outgoing& event, AckStatus status, const std::string& why);
  void supersede(Outgoing& event);
  void give_up(Outgoing& event, AckStatus status, const std::string& why);
  void lose(Outgoing& event);
  void end_visit(Membership& membership);
  void complete(AckHandler& handler, Ack ack);
  void report_drops();
  void arm_ack_timer();
  void expire_acks();
  void written(std::size_t frames) override;

  // Receiving
  void packet(std::string_view text) override;
  void attachment(std::string_view bytes) override;
  void take(socket_io::Packet& packet);
  void take_connect(Membership& membership, const socket_io::Packet& packet);
  void take_event(Membership& membership, socket_io::Packet& packet);
  void take_ack(socket_io::Packet& packet);
  void protocol_error(const std::string& why);

  Membership* find(std::string_view nsp);

  ClientOptions options_;
  Url url_;
  Deliveries deliveries_;
  LogSink log_;
  Sequence& sequence_;
  TransportFactory transports_;
  std::function<double()> random_;

  std::mutex inbox_mutex_;
  std::vector<Queued> inbox_;  // guarded by inbox_mutex_
  std::vector<Queued> draining_;
  bool turn_wanted_ = false;

  State state_ = State::idle;
  Backoff backoff_;
  std::unique_ptr<Link> link_;
  std::unique_ptr<Timer> timer_;  // until the next attempt, or for the close
  std::uint64_t connection_ = 0;  // counts them
  unsigned failures_ = 0;         // since the last success
  std::size_t max_payload_ = 0;
  std::set<std::string> logged_;                                        // since the last success
  enum class Barrier { none, asked, passed } barrier_ = Barrier::none;  // before the close
  bool close_sent_ = false;
  bool clean_ = true;  // nothing was left behind
  std::vector<std::function<void(bool)>> stopped_;
  std::shared_ptr<const StateHandler> state_handler_;

  std::map<std::string, std::unique_ptr<Membership>, std::less<>> memberships_;
  OutboxBudget budget_;
  Flight flight_;
  Acknowledgements acks_;
  std::uint64_t next_ack_id_ = 1;
  std::uint64_t visits_ = 0;
  std::unique_ptr<Timer> ack_timer_;
  TimePoint ack_timer_due_;
  std::deque<std::string> controls_;  // until the batch that views them is sent
  std::vector<FrameView> batch_;
  socket_io::Decoder decoder_;
  std::uint64_t unreported_drops_ = 0;

  struct Counters {
    std::atomic<std::uint64_t> attempts, connections, emitted, sent, resent, received, dropped, replaced,
        waiting, waiting_bytes;
  };
  Counters counters_{};
};

}  // namespace silex::net
