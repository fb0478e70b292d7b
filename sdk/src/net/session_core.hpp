// The heart of a session: everything it does on the net sequence. Session (session.hpp) is its face to other
// threads.
//
// The rules that keep the service's actions ours: a snapshot of all running actions opens each visit of the
// service; diffs follow it in order, for that visit only; what is changed without a visit is in the next
// snapshot.
#pragma once

#include "net/backoff.hpp"
#include "net/deliveries.hpp"
#include "net/session.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace silex::net {

class SessionCore final : public std::enable_shared_from_this<SessionCore> {
 public:
  SessionCore(Json context, SessionHandlers handlers, Executor loop, LogSink log, Wiring& wiring);

  // [any-thread] `change` runs on the net sequence.
  void post(std::function<void(SessionCore&)> change);
  // [any-thread] Throw std::invalid_argument.
  void set_context(Json context);
  void query(Json action);
  void update(Json diff);
  void clear(const std::string& uuid);

  // [any-thread] Joins the session's namespaces and listens in them; from before that on, changed() is told.
  void attach(Client& client, const Json& auth);
  // [net-thread] Each change of the client's state.
  void changed(const StateChange& change);
  // [net-thread] The client goes.
  void detach();

  // [net-thread]
  void report(const RuntimeReport& report);
  void front_event(const std::string& name, Json data, EmitOptions options);
  // Hands a call to the user's loop.
  void deliver(std::function<void()> call);

 private:
  void posted(std::function<void(SessionCore&)> change);
  void require_known(const std::string& uuid, const char* what) const;

  // Connection
  void adapt_to(const StateChange& change);
  void entered(const std::string& nsp, std::uint64_t visit);
  void gone(const std::string& nsp);
  void tell(SessionState state, const std::string& sentence);

  // Introduction
  void introduce();
  void settle(std::uint64_t snapshot, const Ack& ack);
  void ready();
  void refused();
  void forgotten(std::uint64_t snapshot, const std::string& uuid);
  void introduce_again_later();

  // Actions
  void put(const std::string& uuid, Json action);
  void merge(const std::string& uuid, Json diff);
  void remove(const std::string& uuid);
  bool sending() const { return emitting_ || introducing_; }
  void send(const char* name, const std::string& uuid, Json payload);
  // A payload that is larger than the service takes goes in parts.
  void emit_now(const char* name, const std::string& uuid, Json payload, bool first);
  void emit_part(const char* name, const std::string& uuid, Json payload, bool first);
  void answered(const std::string& name, const std::string& uuid, std::uint64_t snapshot, const Ack& ack);
  void received(const std::string& name, const Incoming& event);
  void launched(const Json& launch);
  void tell_warnings();

  Sequence& sequence_;
  Deliveries loop_;
  LogSink log_;
  // What waits for the loop holds these, not the core: a loop that never comes must not keep it.
  std::shared_ptr<const SessionHandlers> handlers_;
  Client* client_ = nullptr;  // null once detached

  mutable std::mutex mutex_;     // also keeps the order of what is posted
  std::set<std::string> known_;  // guarded by mutex_: the running actions, as their owner sees them
  const std::string own_uuid_;

  Json context_;
  Json running_ = Json::object();      // uuid: the whole action
  std::set<std::string> told_;         // the service may have these
  std::set<std::string> owed_clears_;  // and may still have these, which are gone
  std::uint64_t dcc_visit_ = 0;        // 0: not there
  std::uint64_t action_visit_ = 0;
  bool front_joined_ = false;
  bool emitting_ = false;     // in this visit of /dcc/action, the service has our snapshot
  bool introducing_ = false;  // answers to the first introduction of that visit are awaited
  int awaited_ = 0;           // answers to the present introduction
  std::uint64_t snapshot_ = 0;
  std::string refusal_;           // of the present introduction
  std::string reported_refusal_;  // so that each is logged once
  Backoff backoff_;
  bool forgotten_before_ = false;  // in this visit
  std::unique_ptr<Timer> retry_;
  struct Kept {
    const char* name;
    std::string uuid;
    Json payload;
  };
  std::vector<Kept> kept_;  // between the snapshot and its acknowledgement
  SessionState state_ = SessionState::disconnected;
  std::string sentence_;
  Warnings warnings_;
  std::optional<TimePoint> away_since_;  // we were ready, and are no more
  std::size_t limit_ = 0;                // of a payload, in bytes; 0: none
  Duration silence_{};                   // after which the service takes a connection for lost
  std::unique_ptr<Timer> again_;
};

}  // namespace silex::net
