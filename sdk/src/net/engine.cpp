#include "net/engine.hpp"

#include <algorithm>
#include <utility>

namespace silex::net {
Engine::Engine(ClientOptions options, Executor executor, LogSink log, Sequence& sequence,
               TransportFactory transports, const std::function<double()>& random)
    : options_(std::move(options)),
      url_(parse_url(options_.url)),
      deliveries_(std::move(executor), log),
      log_(std::move(log)),
      sequence_(sequence),
      transports_(std::move(transports)),
      random_(random),
      backoff_(options_.backoff, random),
      budget_(options_.outbox),
      flight_(budget_) {
  url_.path = options_.path;
  url_.query = "EIO=4&transport=websocket" + (url_.query.empty() ? "" : "&" + url_.query);
}

void Engine::enqueue(Queued queued) {
  {
    const std::lock_guard lock(inbox_mutex_);
    inbox_.push_back(std::move(queued));
    // Whoever finds the inbox empty wakes the net thread; the others ride along.
    if (inbox_.size() > 1) return;
  }
  sequence_.post([self = shared_from_this()] { self->drain(); });
}

void Engine::drain() {
  {
    const std::lock_guard lock(inbox_mutex_);
    draining_.swap(inbox_);
  }
  for (Queued& queued : draining_) {
    if (auto* emission = std::get_if<Emission>(&queued)) {
      accept(*emission);
    } else {
      std::get<Command>(queued)(*this);
    }
  }
  draining_.clear();
  if (draining_.capacity() > 1024) draining_.shrink_to_fit();
  end_turn();
}

void Engine::want_turn() {
  if (std::exchange(turn_wanted_, true)) return;
  sequence_.post([self = shared_from_this()] { self->end_turn(); });
}

void Engine::end_turn() {
  turn_wanted_ = false;
  for (auto& [nsp, membership] : memberships_) {
    if (membership->open()) pump(*membership);
  }
  send_batch();
  if (state_ == State::closing) close_when_flushed();
  arm_ack_timer();
  deliveries_.flush();
  moderate();
  counters_.waiting = budget_.events();
  counters_.waiting_bytes = budget_.bytes();
}

// With many answers under way they come one by one, and each would wake this thread for itself: half of the
// work. Pausing for a fraction of the time they all take costs nobody anything; with few under way nothing is
// delayed.
void Engine::moderate() {
  constexpr std::size_t many = 16;
  constexpr std::chrono::microseconds part_of_each{3};
  constexpr std::size_t little = std::size_t{64} << 10;
  if (state_ == State::linked && acks_.size() >= many && flight_.backlog() < little) {
    sequence_.gather(part_of_each * static_cast<int>(std::min<std::size_t>(acks_.size(), 64)));
  }
}

void Engine::start() {
  if (state_ == State::idle) connect();
}

void Engine::connect() {
  state_ = State::connecting;
  timer_.reset();
  ++counters_.attempts;
  ++connection_;
  decoder_.reset();
  link_ = std::make_unique<Link>(sequence_, transports_(), *this);
  link_->open(url_, options_.transport);
}

void Engine::linked(const engine_io::Handshake& handshake) {
  if (state_ == State::closing) return;
  state_ = State::linked;
  ++counters_.connections;
  max_payload_ = handshake.max_payload;
  tell({StateChange::Kind::connected,
        {},
        false,
        0,
        display_name(url_),
        {},
        handshake.max_payload,
        handshake.ping_interval + handshake.ping_timeout});
  for (auto& [nsp, membership] : memberships_) join_now(*membership);
  if (memberships_.empty()) backoff_.reset();
  want_turn();
}

void Engine::join_now(Membership& membership) {
  membership.state = Membership::State::joining;
  send_control(wire::connect_packet(membership.nsp, membership.credentials()));
  membership.timer = sequence_.after(options_.join_timeout, [this, nsp = membership.nsp] {
    const auto self = shared_from_this();
    link_.reset();
    lost({CloseCause::timed_out, 0,
          display_name(url_) + " does not answer when the namespace " + nsp + " is joined"});
  });
  want_turn();
}

void Engine::joining_failed(Membership& membership, StateChange::Kind kind, const std::string& why) {
  const Duration wait = membership.backoff.next();
  membership.state = Membership::State::outside;
  end_visit(membership);
  membership.timer = sequence_.after(wait, [this, &membership] { join_now(membership); });
  if (std::exchange(membership.refusal, why) != why) {
    log_(LogLevel::warning, "the server " +
                                std::string(kind == StateChange::Kind::refused ? "refuses" : "ends") +
                                " the namespace " + membership.nsp + ": " + why);
  }
  tell({kind, membership.nsp, false, 0, why, wait});
}

void Engine::down(const CloseReason& reason) {
  const auto self = shared_from_this();
  link_.reset();
  lost(reason);
}

void Engine::lost(const CloseReason& reason) {
  const bool was_linked = state_ == State::linked;
  batch_.clear();
  controls_.clear();
  for (auto& [nsp, membership] : memberships_) {
    membership->state = Membership::State::outside;
    membership->timer.reset();
  }
  for (auto& [nsp, membership] : memberships_) end_visit(*membership);
  std::vector<OutgoingPtr> gone;
  std::map<std::string, std::vector<OutgoingPtr>> again;
  for (auto& event : flight_.take_back(gone)) again[event->nsp].push_back(std::move(event));
  for (const auto& [nsp, events] : again) {
    Membership* membership = find(nsp);
    counters_.resent += events.size();
    const auto superseded = membership != nullptr ? membership->outbox.put_back(events) : events;
    for (const auto& event : superseded) supersede(*event);
  }
  for (const auto& event : gone) lose(*event);
  for (auto& pending : acks_.take_lost()) {
    complete(pending.handler, {AckStatus::disconnected,
                               {},
                               "the connection went away before \"" + pending.event->name + "\" on " +
                                   pending.event->nsp + " was acknowledged"});
  }
  if (state_ == State::closing) return finalize();
  state_ = State::waiting;
  ++failures_;
  const Duration wait = backoff_.next();
  timer_ = sequence_.after(wait, [this] { connect(); });
  log_once(LogLevel::warning, reason.sentence + (was_linked ? "; reconnecting" : "; trying again"));
  tell({StateChange::Kind::disconnected, {}, false, 0, reason.sentence, wait});
}

void Engine::reconnect_now() {
  backoff_.reset();
  if (state_ == State::waiting) connect();
}

void Engine::stop(Duration bound, std::function<void(bool)> done) {
  if (state_ == State::stopped) return done(clean_);
  stopped_.push_back(std::move(done));
  // A second call may be in more of a hurry, never in less.
  if (state_ == State::closing && bound > Duration::zero()) return;
  const bool connected = state_ == State::linked;
  state_ = State::closing;
  if (!connected || bound <= Duration::zero()) return finalize();
  timer_ = sequence_.after(bound, [this] { finalize(); });
}

void Engine::close_when_flushed() {
  if (close_sent_ || !flight_.all_written() || !acks_.empty()) return;
  for (const auto& [nsp, membership] : memberships_) {
    if (membership->open() && !membership->outbox.empty()) return;
  }
  // npm's server hands an event to its handlers in its next turn, where it is one of a namespace that was
  // left in this one no more: an event and the packet that leaves must not come in one read.
  if (barrier_ == Barrier::none) {
    barrier_ = Barrier::asked;
    return link_->ping();
  }
  if (barrier_ == Barrier::asked) return;
  close_sent_ = true;
  for (const auto& [nsp, membership] : memberships_) {
    if (membership->state == Membership::State::joined) send_control(wire::disconnect_packet(nsp));
  }
  send_batch();
  link_->close();
}

void Engine::ponged() {
  barrier_ = Barrier::passed;
  want_turn();
}

void Engine::finalize() {
  const auto self = shared_from_this();
  state_ = State::stopped;
  link_.reset();
  batch_.clear();
  timer_.reset();
  ack_timer_.reset();
  for (auto& [nsp, membership] : memberships_) membership->timer.reset();
  for (auto& pending : acks_.take_all()) {
    complete(pending.handler, {AckStatus::stopped,
                               {},
                               "the client was stopped before \"" + pending.event->name + "\" on " +
                                   pending.event->nsp + " was acknowledged"});
  }
  report_drops();
  const std::size_t left_behind = budget_.events();
  if (left_behind > 0) {
    log_(LogLevel::warning,
         "the connection was stopped; " + std::to_string(left_behind) + " events were not delivered");
  }
  tell({StateChange::Kind::stopped, {}, false, 0, {}, {}});
  memberships_.clear();
  state_handler_.reset();
  deliveries_.flush();
  clean_ = left_behind == 0;
  for (const auto& done : std::exchange(stopped_, {})) done(clean_);
}

void Engine::join(const std::string& nsp, JoinOptions options) {
  if (state_ == State::stopped) return;
  auto& membership = memberships_[nsp];
  if (membership) {
    membership->options = std::move(options);
    return;
  }
  membership = std::make_unique<Membership>(nsp, std::move(options), options_.backoff, random_);
  membership->held = membership->options.hold;
  if (state_ == State::linked) join_now(*membership);
}

void Engine::leave(const std::string& nsp) {
  Membership* membership = find(nsp);
  if (membership == nullptr) return;
  if (membership->open()) pump(*membership);
  while (!membership->outbox.empty()) {
    drop(*membership->outbox.pop(), AckStatus::dropped, "was still waiting when its namespace was left");
  }
  if (membership->state != Membership::State::outside) send_control(wire::disconnect_packet(nsp));
  memberships_.erase(nsp);
}

void Engine::release(const std::string& nsp) {
  if (Membership* membership = find(nsp)) membership->held = false;
}

void Engine::on(const std::string& nsp, const std::string& name, EventHandler handler) {
  Membership* membership = find(nsp);
  if (membership == nullptr) {
    return log_(LogLevel::error, "nobody joined the namespace " + nsp + ": join it before listening to \"" +
                                     name + "\" in it");
  }
  if (handler) {
    membership->handlers[name] = std::make_shared<const EventHandler>(std::move(handler));
  } else {
    membership->handlers.erase(name);
  }
}

void Engine::on_state(StateHandler handler) {
  state_handler_ = handler ? std::make_shared<const StateHandler>(std::move(handler)) : nullptr;
}

void Engine::tell(StateChange change) {
  if (!state_handler_) return;
  deliveries_.add([handler = state_handler_, change = std::move(change)] { (*handler)(change); });
  want_turn();
}

// A server that stays away for a day is one line in the log, not one per attempt.
void Engine::log_once(LogLevel level, const std::string& sentence) {
  if (logged_.size() < 32 && logged_.insert(sentence).second) log_(level, sentence);
}

Membership* Engine::find(std::string_view nsp) {
  const auto found = memberships_.find(nsp);
  return found == memberships_.end() ? nullptr : found->second.get();
}

Statistics Engine::statistics() const {
  return {counters_.attempts, counters_.connections,  counters_.emitted, counters_.sent,
          counters_.resent,   counters_.received,     counters_.dropped, counters_.replaced,
          counters_.waiting,  counters_.waiting_bytes};
}

}  // namespace silex::net
