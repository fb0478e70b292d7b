// The session's connection: entering the service, and being known to it.
#include "net/session_core.hpp"

#include "net/session_input.hpp"
#include "net/split.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace silex::net {
namespace {

constexpr const char* dcc = "/dcc";
constexpr const char* action = "/dcc/action";
constexpr const char* front = "/front-event";

// What a service that refuses us, or forgets us again and again, is asked at most.
constexpr BackoffOptions patience{std::chrono::milliseconds(1000), std::chrono::milliseconds(30'000), 0};

constexpr std::size_t envelope = 256;

}  // namespace

SessionCore::SessionCore(Json context, SessionHandlers handlers, Executor loop, LogSink log, Wiring& wiring)
    : sequence_(*wiring.sequence),
      loop_(std::move(loop), log),
      log_(std::move(log)),
      handlers_(std::make_shared<const SessionHandlers>(std::move(handlers))),
      own_uuid_(session_input::context_uuid(context)),
      context_(std::move(context)),
      backoff_(patience, wiring.random),
      warnings_(own_uuid_) {}

void SessionCore::post(std::function<void(SessionCore&)> change) {
  const std::lock_guard lock(mutex_);
  posted(std::move(change));
}

void SessionCore::posted(std::function<void(SessionCore&)> change) {
  sequence_.post([self = shared_from_this(), change = std::move(change)] {
    change(*self);
    self->loop_.flush();
  });
}

void SessionCore::attach(Client& client, const Json& auth) {
  client_ = &client;
  client.join(dcc, {auth, true});
  client.join(action, {auth, true});
  client.join(front, {auth, false});
  const auto self = shared_from_this();
  for (const char* name : {"query", "update", "clear", "undo", "launch"}) {
    client.on(action, name, [self, name](const Incoming& event) {
      self->received(name, event);
      self->loop_.flush();
    });
  }
}

void SessionCore::detach() {
  client_ = nullptr;
  retry_.reset();
  again_.reset();
}

void SessionCore::deliver(std::function<void()> call) {
  loop_.add(std::move(call));
  loop_.flush();
}

void SessionCore::changed(const StateChange& change) {
  adapt_to(change);
  loop_.flush();
}

void SessionCore::adapt_to(const StateChange& change) {
  switch (change.kind) {
    case StateChange::Kind::connected:
      // With room for the packet around a payload.
      limit_ = change.max_payload > 2 * envelope ? change.max_payload - envelope : 0;
      silence_ = change.silence;
      return;
    case StateChange::Kind::joined:
      return entered(change.nsp, change.visit);
    case StateChange::Kind::left:
    case StateChange::Kind::refused:
      gone(change.nsp);
      if (change.nsp == dcc || change.nsp == action) {
        tell(change.kind == StateChange::Kind::refused ? SessionState::refused : SessionState::disconnected,
             change.sentence);
      }
      return;
    case StateChange::Kind::disconnected:
    case StateChange::Kind::stopped:
      for (const char* nsp : {dcc, action, front}) gone(nsp);
      tell(change.kind == StateChange::Kind::stopped ? SessionState::stopped : SessionState::disconnected,
           change.sentence);
      return;
  }
}

void SessionCore::entered(const std::string& nsp, std::uint64_t visit) {
  if (nsp == front) {
    front_joined_ = true;
    return tell_warnings();
  }
  if (nsp != dcc && nsp != action) return;
  gone(nsp);
  (nsp == dcc ? dcc_visit_ : action_visit_) = visit;
  backoff_.reset();
  forgotten_before_ = false;
  // Also where the session was recovered: the service forgot us when the old connection went.
  introduce();
}

void SessionCore::gone(const std::string& nsp) {
  if (nsp == front) front_joined_ = false;
  if (nsp != dcc && nsp != action) return;
  if (state_ == SessionState::ready && !away_since_) away_since_ = sequence_.now();
  (nsp == dcc ? dcc_visit_ : action_visit_) = 0;
  ++snapshot_;  // answers to the last introduction mean nothing any more
  awaited_ = 0;
  introducing_ = false;
  kept_.clear();
  retry_.reset();
  again_.reset();
  // With /dcc alone gone, diffs go on: stopping them would let those on their way arrive behind the next
  // snapshot without their successors.
  if (nsp == action) emitting_ = false;
}

void SessionCore::tell(SessionState state, const std::string& sentence) {
  if (state_ == state && sentence_ == sentence) return;
  state_ = state;
  sentence_ = sentence;
  if (!handlers_->on_state) return;
  loop_.add([handlers = handlers_, state, sentence] { handlers->on_state(state, sentence); });
}

void SessionCore::introduce() {
  retry_.reset();
  if (client_ == nullptr || dcc_visit_ == 0 || action_visit_ == 0) return;
  ++snapshot_;
  awaited_ = 2;
  refusal_.clear();
  introducing_ = !emitting_;
  kept_.clear();
  if (introducing_) tell(SessionState::introducing, {});
  // Before the snapshot, which may have a new action with the uuid of a cleared one.
  for (const auto& uuid : owed_clears_) emit_now("clearAction", uuid, {{"uuid", uuid}}, true);
  EmitOptions options;
  options.first = true;
  const auto answer = [self = shared_from_this(), snapshot = snapshot_](const Ack& ack) {
    self->settle(snapshot, ack);
    self->loop_.flush();
  };
  options.visit = dcc_visit_;
  // What does not fit goes behind it.
  Json together = Json::object();
  std::vector<const std::string*> behind;
  std::size_t left = limit_ == 0 ? 0 : limit_ - std::min(limit_, text_size(context_));
  for (const auto& [uuid, whole] : running_.get_ref<const Json::object_t&>()) {
    const std::size_t size = limit_ == 0 ? 0 : text_size(uuid) + text_size(whole) + 2;
    if (size > left) {
      behind.push_back(&uuid);
      continue;
    }
    left -= size;
    together[uuid] = whole;
  }
  client_->emit(dcc, "initialization", {{{"context", context_}, {"runningActions", std::move(together)}}},
                options, answer);
  options.visit = action_visit_;
  client_->emit(action, "initialization", {context_}, options, answer);
  for (const std::string* uuid : behind) emit_now("query", *uuid, running_[*uuid], true);
  for (const auto& [uuid, whole] : running_.items()) told_.insert(uuid);
}

void SessionCore::settle(std::uint64_t snapshot, const Ack& ack) {
  if (snapshot != snapshot_ || awaited_ == 0 || client_ == nullptr) return;
  if (ack.status == AckStatus::acknowledged) {
    if (const auto refusal = session_input::refusal(ack)) refusal_ = *refusal;
  } else if (ack.status == AckStatus::refused) {
    refusal_ = ack.sentence;
  } else if (ack.status != AckStatus::timed_out) {
    return;  // the visit is over, and we are about to hear of it
  }
  // Without an answer in time, the client has warned, and we go on.
  if (--awaited_ > 0) return;
  refusal_.empty() ? ready() : refused();
}

void SessionCore::ready() {
  introducing_ = false;
  emitting_ = true;
  reported_refusal_.clear();
  client_->release(dcc);
  client_->release(action);
  for (Kept& kept : std::exchange(kept_, {})) emit_now(kept.name, kept.uuid, std::move(kept.payload), false);
  tell(SessionState::ready, {});
  if (away_since_) {
    warnings_.reconnected(sequence_.now() - *std::exchange(away_since_, std::nullopt));
    introduce_again_later();
  }
  tell_warnings();
}

void SessionCore::refused() {
  introducing_ = false;
  kept_.clear();  // the next snapshot has it
  if (std::exchange(reported_refusal_, refusal_) != refusal_) {
    log_(LogLevel::error, "the service refuses this host: " + refusal_);
  }
  tell(SessionState::refused, refusal_);
  retry_ = sequence_.after(backoff_.next(), [this] {
    const auto self = shared_from_this();
    introduce();
    loop_.flush();
  });
}

// A service that did not see the last connection end takes it for lost now, and forgets us with it.
void SessionCore::introduce_again_later() {
  again_ = sequence_.after(silence_ + std::chrono::seconds(1), [this] {
    const auto self = shared_from_this();
    introduce();
    loop_.flush();
  });
}

// The service lost an action that we run. Answers to diffs from before the last snapshot say nothing new.
void SessionCore::forgotten(std::uint64_t snapshot, const std::string& uuid) {
  if (snapshot != snapshot_ || !running_.contains(uuid) || awaited_ > 0 || retry_) return;
  log_(LogLevel::warning, "the service forgot this host's running actions: it is told again");
  if (!std::exchange(forgotten_before_, true)) return introduce();
  retry_ = sequence_.after(backoff_.next(), [this] {
    const auto self = shared_from_this();
    introduce();
    loop_.flush();
  });
}

void SessionCore::tell_warnings() {
  if (client_ == nullptr || !front_joined_ || state_ != SessionState::ready) return;
  EmitOptions options;
  options.when_offline = WhenOffline::drop;
  for (Json& payload : warnings_.take_untold()) {
    client_->emit("/front-event", Warnings::event, {payload}, options,
                  [self = shared_from_this(), payload](const Ack& ack) {
                    const bool sent =
                        ack.status == AckStatus::acknowledged || ack.status == AckStatus::timed_out;
                    if (!sent) self->warnings_.not_arrived(payload);
                  });
  }
}

void SessionCore::report(const RuntimeReport& report) {
  if (warnings_.report(report)) tell_warnings();
}

void SessionCore::front_event(const std::string& name, Json data, EmitOptions options) {
  if (client_ == nullptr) return;
  client_->emit(front, name, {std::move(data)}, std::move(options),
                [self = shared_from_this(), name](const Ack& ack) {
                  if (const auto refusal = session_input::refusal(ack))
                    self->log_(LogLevel::warning, "the service refuses \"" + name + "\": " + *refusal);
                });
}

}  // namespace silex::net
