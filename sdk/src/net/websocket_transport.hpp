// The transport of a host: one WebSocket over TCP or TLS, directly or through a proxy.
#pragma once

#include "net/net_thread.hpp"
#include "net/proxy.hpp"
#include "net/transport.hpp"

namespace silex::net {

// Transports that live on `thread`, which must outlive them.
TransportFactory websocket_transports(NetThread& thread, Environment environment = environment_variable);

}  // namespace silex::net
