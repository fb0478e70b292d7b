// Which proxy to go through, and what to say to it. Pure functions.
#pragma once

#include "net/transport.hpp"
#include "net/url.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace silex::net {

// Looks up an environment variable; empty when it is not set.
using Environment = std::function<std::string(const char* name)>;

std::string environment_variable(const char* name);

// The proxy for `url`, or nothing for a direct connection. An explicit option always counts. From the
// environment: wss asks https_proxy, then http_proxy; ws asks http_proxy; lower case wins over upper case;
// then all_proxy. no_proxy lists host names, domains ("studio.lan" or ".studio.lan"), addresses, "host:port"
// and "*". localhost and loopback addresses are never reached through a proxy of the environment: it could
// only fail there. Throws std::invalid_argument when the proxy's own address is wrong.
std::optional<Url> proxy_for(const Url& url, const TransportOptions& options, const Environment& environment);

bool no_proxy_matches(std::string_view no_proxy, const Url& url);

// The CONNECT request that opens a tunnel to `url`.
std::string connect_request(const Url& url, const Url& proxy);

// Reads the proxy's answer. Nothing while it is incomplete; then empty when the tunnel is open, else a
// sentence.
std::optional<std::string> connect_refusal(std::string_view answer, const Url& url, const Url& proxy);

}  // namespace silex::net
