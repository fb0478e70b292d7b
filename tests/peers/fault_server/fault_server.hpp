// A Socket.IO server that misbehaves as told, inside the test's own process. It speaks just enough of the
// protocol: everything is joined, every event that wants it is acknowledged, unless a fault says otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace silex::net::test {

struct Faults {
  bool accept = true;         // false: the system takes connections, and nobody ever says a word
  int http_status = 0;        // answers the hand-shake with this, 0: as a WebSocket
  bool engine_open = true;    // false: a WebSocket on which no Engine.IO packet comes
  std::string open_packet;    // instead of the usual one
  bool join = true;           // false: CONNECT is never answered
  std::string join_error;     // CONNECT_ERROR with this message
  bool ping = true;           // false: no heartbeat
  int ping_interval = 25000;  // ms, as announced and as kept
  int ping_timeout = 20000;   // ms
  std::size_t max_payload = 100'000'000;
  bool acknowledge = true;
  int delay = 0;         // ms before each answer
  bool read = true;      // false: stops reading once the namespace is joined
  std::string raw;       // written to the socket as it is, once the namespace is joined
  int drop_after = -1;   // events, then the socket is closed without a word
  int close_after = -1;  // events, then a close frame with close_code
  std::uint16_t close_code = 1000;
};

class FaultServer {
 public:
  explicit FaultServer(Faults faults = {});
  ~FaultServer();
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  std::string url() const;
  std::uint16_t port() const;

  // For connections from now on.
  void set(Faults faults);

  // Text messages as they came, of all connections.
  std::vector<std::string> received() const;
  int connections() const;  // WebSockets opened so far
  int pongs() const;

  // Waits until the condition holds, asked again after everything that happens. False after `bound`.
  bool wait(const std::function<bool()>& condition,
            std::chrono::milliseconds bound = std::chrono::milliseconds(10000)) const;

  void say(const std::string& message);  // to every connection
  void drop_all();                       // closes every socket without a word

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace silex::net::test
