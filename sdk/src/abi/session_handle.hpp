// A session behind the C ABI: its handlers are called on the loop of a run, its context is filled in.
#pragma once

#include "action/run/action_table.hpp"
#include "net/session_core.hpp"
#include "runtime/status.hpp"

#include <silex/session.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace silex::abi {

class SessionHandle {
 public:
  // `context` and `auth` are what `options` say, read. What users answer to one of `actions` goes there.
  // Throws std::invalid_argument.
  SessionHandle(const silex_session_options& options, net::Json context, std::string dcc,
                std::shared_ptr<action::ActionTable> actions, net::Executor loop, net::LogSink log,
                net::Wiring& wiring);
  SessionHandle(const SessionHandle&) = delete;
  SessionHandle& operator=(const SessionHandle&) = delete;

  // Whether the session keeps this to itself: a namespace, or one of its events.
  static bool owns(const std::string& nsp);
  static bool owns(const std::string& nsp, const std::string& event);

  // [any-thread] Arguments that are wrong are refused with a status.
  [[nodiscard]] std::string context() const;
  [[nodiscard]] std::string uuid() const;
  Status set_context(net::Json context);
  Status query(net::Json action);
  Status update(net::Json diff);
  Status clear(const std::string& uuid);
  void report(net::RuntimeReport report);
  // For the users, while the service is there; what it finds away is lost.
  void front_event(std::string name, net::Json data);
  // `call` runs on the net thread, behind all that was said so far.
  void afterwards(std::function<void()> call);

  // Once, before changed(). One that never began does not release what it was given. [any-thread]
  void begin(net::Client& client, const net::Json& auth);
  void changed(const net::StateChange& change) { core_->changed(change); }  // [net-thread]
  void detach() { core_->detach(); }                                        // [net-thread]

 private:
  net::Json filled_in(net::Json context, const net::Json& before) const;

  const std::string dcc_;
  mutable std::mutex mutex_;
  net::Json context_;
  class Told;
  const std::shared_ptr<Told> told_;
  const std::shared_ptr<net::SessionCore> core_;
};

}  // namespace silex::abi
