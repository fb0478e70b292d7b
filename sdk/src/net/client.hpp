// A Socket.IO client that keeps its connection whatever its user's loop does, comes back by itself, and keeps
// what is emitted in the meantime. Every function here may be called from any thread, and none of them blocks
// but stop().
#pragma once

#include "net/client_options.hpp"
#include "net/event.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace silex::net {

class Engine;

struct Statistics {
  std::uint64_t attempts = 0;     // to connect
  std::uint64_t connections = 0;  // that succeeded
  std::uint64_t emitted = 0;
  std::uint64_t sent = 0;  // resent ones count again
  std::uint64_t resent = 0;
  std::uint64_t received = 0;
  std::uint64_t dropped = 0;   // by policy, for lack of room, too large
  std::uint64_t replaced = 0;  // by a newer one with the same key
  std::uint64_t waiting = 0;   // events kept now
  std::uint64_t waiting_bytes = 0;
};

class Client {
 public:
  // Throws std::invalid_argument when the URL is wrong. Handlers run on `executor`, logging anywhere.
  Client(ClientOptions options, Executor executor, LogSink log, Wiring wiring = own_net_thread());
  // stop() without time to flush.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Connects, and keeps connected until stop().
  void start();

  // Joins `nsp` now and after every reconnect, and tries again for ever where the server refuses. Throws
  // std::invalid_argument when the name or the credentials cannot go over the wire.
  void join(std::string nsp, JoinOptions options = {});
  void leave(std::string nsp);
  // Lets go what waits in a namespace that was joined with JoinOptions::hold, until the next connection.
  void release(std::string nsp);

  // One handler per event name and namespace; a later one replaces it, an empty one removes it. Name "" gets
  // those that have no handler of their own.
  void on(std::string nsp, std::string name, EventHandler handler);
  void on_state(StateHandler handler);

  void emit(std::string nsp, std::string name, Arguments arguments, EmitOptions options = {});
  // `handler` is called exactly once, on the executor.
  void emit(std::string nsp, std::string name, Arguments arguments, EmitOptions options, AckHandler handler);

  // Ends the present back-off and starts the next one small: something tells the user that the server is
  // back.
  void reconnect_now();

  Statistics statistics() const;

  // Takes no new events, sends what waits and awaits what is owed, for at most `bound`; then closes in order.
  // Without a connection it returns at once: true when nothing was left behind. Further calls return the
  // same. Not on the net thread.
  bool stop(std::chrono::milliseconds bound = std::chrono::milliseconds(1000));
  // The same without waiting; `done` is called on the net thread. What handlers are told before it is then
  // with the executor.
  void stop(std::chrono::milliseconds bound, std::function<void(bool clean)> done);

 private:
  Wiring wiring_;
  std::shared_ptr<Engine> engine_;
};

}  // namespace silex::net
