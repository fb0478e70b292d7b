// What goes out: from an emit to frames in one write, and back into the outbox when the connection breaks.
#include "net/codec/codec_error.hpp"
#include "net/engine.hpp"

#include <algorithm>
#include <utility>

namespace silex::net {
namespace {

// More than this is not handed to the transport: what waits in the outbox can still be replaced by something
// newer.
constexpr std::size_t backlog_limit = std::size_t{1} << 20;

constexpr const char* visit_over = "was for a visit of its namespace that is over";

std::string named(const Outgoing& event) {
  return "\"" + event.name + "\" on " + event.nsp;
}

}  // namespace

void Engine::accept(Emission& emission) {
  ++counters_.emitted;
  if (state_ == State::stopped || state_ == State::closing) {
    const std::string why =
        "\"" + emission.name + "\" on " + emission.nsp + " was emitted after the client was stopped";
    return complete(emission.handler, {AckStatus::stopped, {}, why});
  }
  const OutgoingPtr event = encode(emission);
  if (!event) return;
  Membership& membership = *find(event->nsp);
  const bool joined = membership.state == Membership::State::joined;
  if (event->ack_id != 0) {
    acks_.add(event->ack_id, event, std::move(emission.handler), emission.emitted, emission.options.timeout);
  }
  if (event->visit != 0 && (!joined || event->visit != membership.visit)) {
    return give_up(*event, AckStatus::disconnected, visit_over);
  }
  if (event->first || event->when_offline == WhenOffline::drop) {
    if (!joined) return drop(*event, AckStatus::dropped, "was not sent: its namespace is not connected");
    if (event->first) return hand_over(event);
  }
  if (!make_room(*event, joined)) {
    log_once(LogLevel::warning, "the outbox is full (" + std::to_string(budget_.events()) + " events, " +
                                    std::to_string(budget_.bytes()) + " bytes): further events are dropped");
    return drop(*event, AckStatus::dropped, "was dropped: the outbox is full");
  }
  event->budgeted = true;
  budget_.take(event->bytes);
  if (const OutgoingPtr replaced = membership.outbox.push(event)) {
    supersede(*replaced);
  }
  if (membership.open()) pump(membership);
}

OutgoingPtr Engine::encode(Emission& emission) {
  auto event = std::make_shared<Outgoing>();
  event->nsp = std::move(emission.nsp);
  event->name = std::move(emission.name);
  event->when_offline = emission.options.when_offline;
  event->key = std::move(emission.options.key);
  event->first = emission.options.first;
  event->visit = emission.options.visit;
  event->at_least_once = emission.options.at_least_once && !event->first && event->visit == 0;
  const auto refuse = [&](const std::string& sentence) {
    ++counters_.dropped;
    log_once(LogLevel::error, sentence);
    complete(emission.handler, {AckStatus::refused, {}, sentence});
    return nullptr;
  };
  if (find(event->nsp) == nullptr)
    return refuse(named(*event) + " was not sent: nobody joined that namespace");
  if (emission.handler || event->at_least_once) event->ack_id = next_ack_id_++;
  try {
    event->frames = wire::event_packet(event->nsp, event->name, emission.arguments, event->ack_id);
  } catch (const CodecError& wrong) {
    return refuse(wrong.what());
  }
  for (const Frame& frame : event->frames) event->bytes += frame.payload.size();
  return event;
}

bool Engine::make_room(const Outgoing& event, bool joined) {
  while (!budget_.has_room(event.bytes, joined)) {
    // A server that never acknowledges must not end by stopping everything else.
    const OutgoingPtr overdue = flight_.oldest_overdue();
    if (!overdue) return false;
    acks_.take(overdue->ack_id);
    drop(*overdue, AckStatus::dropped, "was never acknowledged");
  }
  return true;
}

void Engine::pump(Membership& membership) {
  while (!membership.outbox.empty() && flight_.backlog() < backlog_limit) hand_over(membership.outbox.pop());
}

void Engine::hand_over(const OutgoingPtr& event) {
  const auto too_large = [this](const Frame& frame) {
    return max_payload_ > 0 && frame.payload.size() > max_payload_;
  };
  if (std::any_of(event->frames.begin(), event->frames.end(), too_large)) {
    // The server would close the connection, and again each time the event came.
    const std::string why = "was not sent: it has " + std::to_string(event->bytes) +
                            " bytes, and the server takes " + std::to_string(max_payload_) +
                            " in one message; raise its maxHttpBufferSize";
    log_once(LogLevel::error, named(*event) + " " + why);
    return drop(*event, AckStatus::refused, why);
  }
  for (const Frame& frame : event->frames) batch_.push_back({frame.payload, frame.binary});
  flight_.hand_over(event);
  ++counters_.sent;
}

void Engine::send_control(std::string packet) {
  controls_.push_back(std::move(packet));
  batch_.push_back({controls_.back(), false});
  flight_.hand_over_control();
}

void Engine::send_batch() {
  if (batch_.empty()) return;
  link_->send(batch_);
  batch_.clear();
  controls_.clear();
}

void Engine::reply(const std::string& nsp, std::uint64_t connection, std::uint64_t id,
                   const Arguments& arguments) {
  const Membership* membership = find(nsp);
  // On another connection, nobody waits for it any more.
  if (membership == nullptr || membership->state != Membership::State::joined || connection != connection_)
    return;
  try {
    for (Frame& frame : wire::ack_packet(nsp, id, arguments)) {
      controls_.push_back(std::move(frame.payload));
      batch_.push_back({controls_.back(), frame.binary});
      flight_.hand_over_control();
    }
  } catch (const CodecError& wrong) {
    log_once(LogLevel::error, wrong.what());
  }
}

void Engine::written(std::size_t frames) {
  flight_.written(frames);
  const auto waits = [](const auto& entry) { return !entry.second->outbox.empty(); };
  if (state_ == State::closing || std::any_of(memberships_.begin(), memberships_.end(), waits)) want_turn();
}

void Engine::drop(Outgoing& event, AckStatus status, const std::string& why) {
  ++counters_.dropped;
  ++unreported_drops_;
  give_up(event, status, why);
}

void Engine::supersede(Outgoing& event) {
  ++counters_.replaced;
  give_up(event, AckStatus::dropped, "was replaced by a newer one");
}

void Engine::give_up(Outgoing& event, AckStatus status, const std::string& why) {
  event.abandoned = true;
  flight_.settle(event);
  if (event.ack_id == 0) return;
  if (auto pending = acks_.take(event.ack_id))
    complete(pending->handler, {status, {}, named(event) + " " + why});
}

// It was handed to the connection that broke, and is not sent again.
void Engine::lose(Outgoing& event) {
  if (event.visit != 0) return give_up(event, AckStatus::disconnected, visit_over);
  drop(event, AckStatus::dropped, "was lost with the connection");
}

// What was for this visit only is no loss: whoever emitted it begins anew in the next one.
void Engine::end_visit(Membership& membership) {
  for (const auto& event : membership.outbox.take_bound()) {
    give_up(*event, AckStatus::disconnected, visit_over);
  }
}

void Engine::complete(AckHandler& handler, Ack ack) {
  if (!handler) return;
  deliveries_.add(std::exchange(handler, nullptr), std::move(ack));
  want_turn();
}

void Engine::report_drops() {
  if (unreported_drops_ == 0) return;
  log_(LogLevel::warning, std::to_string(std::exchange(unreported_drops_, 0)) +
                              " events were dropped while they could not be sent");
}

void Engine::arm_ack_timer() {
  const auto next = acks_.next_deadline();
  if (!next || state_ == State::stopped) return;
  if (ack_timer_ && ack_timer_due_ <= *next) return;
  ack_timer_due_ = *next;
  ack_timer_ =
      sequence_.after(std::max(*next - sequence_.now(), Duration::zero()), [this] { expire_acks(); });
}

void Engine::expire_acks() {
  const auto self = shared_from_this();
  ack_timer_.reset();
  for (auto& [event, handler] : acks_.expire(sequence_.now())) {
    const std::string kept = event->in_flight || event->abandoned
                                 ? (event->at_least_once ? "; it is sent again after a reconnect" : "")
                                 : "; it is kept until the connection is back";
    const std::string sentence = named(*event) + " was not acknowledged in time" + kept;
    log_once(LogLevel::warning, sentence);
    complete(handler, {AckStatus::timed_out, {}, sentence});
  }
  end_turn();
}

}  // namespace silex::net
