// How a client behaves. Plain values with their defaults.
#pragma once

#include "net/backoff.hpp"
#include "net/event.hpp"
#include "net/outbox.hpp"
#include "net/sequence.hpp"
#include "net/transport.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace silex::net {

struct ClientOptions {
  std::string url = "ws://127.0.0.1:5118";  // a query in it is passed on
  std::string path = "/socket.io/";
  TransportOptions transport;
  BackoffOptions backoff;
  OutboxBounds outbox;
  // For the server's answer when a namespace is joined. A server without one is left and tried again.
  std::chrono::milliseconds join_timeout{5000};
};

struct JoinOptions {
  Json auth = Json::object();
  // After each join, nothing but events marked `first` is sent until release(): time for the user to
  // introduce itself to a server that has forgotten it.
  bool hold = false;
};

// What a client stands on. Tests bring their own sequence, transport and randomness.
struct Wiring {
  std::shared_ptr<Sequence> sequence;
  TransportFactory transport;
  std::function<double()> random;  // from [0, 1)
};

// A net thread of the client's own, and WebSockets on it.
Wiring own_net_thread();

}  // namespace silex::net
