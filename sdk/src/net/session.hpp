// What a host is to the Silex service: its context, its running actions, and what users answer to them. The
// service knows them again after every reconnect, by itself and from the net thread, also while the user's
// loop is held for minutes.
//
// Every function may be called from any thread, and none blocks but stop() and the destructor. Wrong input is
// a std::invalid_argument that says what is wrong, and changes nothing. Handlers run on the loop, in order.
#pragma once

#include "net/client.hpp"
#include "net/warnings.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace silex::net {

enum class SessionState {
  disconnected,  // `sentence` says why
  introducing,   // connected; the service is told who we are
  ready,         // it knows us, and our running actions
  refused,       // it does not want us, with its own message in `sentence`; tried again later
  stopped,
};

struct SessionOptions {
  ClientOptions client;
  Json context;  // with its `uuid`
  Json auth = Json::object();
};

struct SessionHandlers {
  std::function<void(const Json& query)> on_query;
  std::function<void(const std::string& uuid, const Json& diff)> on_update;
  // The user cancelled the action: it is forgotten already, and the service needs no clear().
  std::function<void(const std::string& uuid)> on_clear;
  std::function<void(const std::string& uuid, bool full)> on_undo;
  // A user starts an action here: {"action", "parameters", ...}.
  std::function<void(const Json& launch)> on_launch;
  std::function<void(SessionState state, const std::string& sentence)> on_state;
};

class SessionCore;

class Session {
 public:
  Session(SessionOptions options, SessionHandlers handlers, Executor loop, LogSink log,
          Wiring wiring = own_net_thread());
  // stop() without time to flush. Not on the net thread.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start();
  // As Client::stop().
  bool stop(std::chrono::milliseconds bound = std::chrono::milliseconds(1000));

  // Keeps its uuid, which names the room at the service.
  void set_context(Json context);

  // Begins an action: a whole one, with `uuid` and `context_metadata.uuid`. One with that uuid is replaced.
  void query(Json action);
  // A diff with the `uuid` of a running action. Not connected, it is merged and goes with the whole action.
  void update(Json diff);
  // Ends a running action.
  void clear(const std::string& uuid);

  // Kept while not connected, unless `options` say otherwise.
  void front_event(std::string name, Json data, EmitOptions options = {});
  // What a watchdog found, for the user: warnings.hpp. Told once; who found it has logged it.
  void report(RuntimeReport report);

  // Anything else, in one of the namespaces "/", "/dcc", "/dcc/action" and "/front-event". Waits until the
  // service knows us. `handler` is called on the loop.
  void emit(std::string nsp, std::string name, Arguments arguments, EmitOptions options = {},
            AckHandler handler = nullptr);
  // As Client::on(), but not for the session's own five events.
  void on(std::string nsp, std::string name, EventHandler handler);

  void reconnect_now();
  Statistics statistics() const;

 private:
  Wiring wiring_;
  std::shared_ptr<SessionCore> core_;
  std::unique_ptr<Client> client_;
};

}  // namespace silex::net
