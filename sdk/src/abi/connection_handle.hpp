// A connection behind the C ABI: a client whose handlers are called on the loop of a run.
//
// The client's own handlers run on the net thread and hand on to the loop, each on behalf of its own task, so
// that whoever holds the loop is named rightly.
#pragma once

#include "abi/acknowledgements.hpp"
#include "abi/session_handle.hpp"
#include "config/config.hpp"
#include "net/client.hpp"
#include "runtime/core.hpp"
#include "runtime/status.hpp"

#include <silex/connection.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace silex::abi {

class ConnectionHandle {
 public:
  // What the options leave open, the configuration says. `auth` goes with joining "/". Throws
  // std::invalid_argument where the URL is wrong, or the configuration's token can't be read.
  ConnectionHandle(std::shared_ptr<Core> core, const config::Config& config,
                   const silex_connection_options& options, net::Json auth, net::Wiring wiring);
  // Before start(), or once is_closed(). Not on the net thread.
  ~ConnectionHandle() = default;
  ConnectionHandle(const ConnectionHandle&) = delete;
  ConnectionHandle& operator=(const ConnectionHandle&) = delete;

  // Connects, and keeps connected until close(). Before all that follows. [any-thread]
  void start();

  // [any-thread] None of them blocks; arguments that are wrong are refused with a status.
  Status join(const char* nsp, const char* auth);
  Status leave(const char* nsp);
  Status listen(const silex_listener& listener);
  Status reply(silex_id id, const silex_arguments* arguments);
  Status emit(const silex_emission& emission, silex_id& id);
  // Ends the wait for that emission's acknowledgement: whether there was one.
  bool cancel(silex_id id) { return acknowledgements_->cancel(id); }
  void reconnect() { client_.reconnect_now(); }
  // SILEX_ERROR_BUSY where it has one. `dcc` is the host's name for the context; what users answer goes to
  // `actions` first.
  Status begin_session(const silex_session_options& options, std::string dcc,
                       std::shared_ptr<action::ActionTable> actions);
  // nullptr before that.
  std::shared_ptr<SessionHandle> session();
  [[nodiscard]] silex_connection_statistics read() const;

  // Begins to close; once.
  void close();
  // Whether everybody was told, and nothing of it runs any more.
  [[nodiscard]] bool is_closed();
  // After close(). [any-thread but net-thread]
  void wait_until_closed();

 private:
  Status refuse_session_namespace(const std::string& nsp, const char* what);
  void forget_session();
  void tell_state(const net::StateChange& change);
  silex_id keep_reply(const net::Reply& reply);
  void closed(bool clean);

  const std::shared_ptr<Core> core_;
  const std::chrono::milliseconds flush_;
  const net::Json default_auth_;  // with each namespace for which there is no other
  void* const data_;
  void (*const on_state_)(void* data, const silex_connection_state* state);
  const std::shared_ptr<Acknowledgements> acknowledgements_;
  const std::string name_;
  silex_task_id task_ = 0;  // what the loop does for it is reported under its name

  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  std::unordered_map<silex_id, net::Reply> replies_;  // owed, to the present connection

  std::shared_ptr<SessionHandle> session_;
  std::optional<net::StateChange> connected_;  // what was told of the present connection

  net::Wiring wiring_;
  net::Client client_;  // last: it goes first, when nothing of it runs any more
};

}  // namespace silex::abi
