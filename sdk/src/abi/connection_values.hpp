// What a connection is told and tells through the C ABI, to and from the values of the network. Pure
// functions.
#pragma once

#include "config/config.hpp"
#include "net/client.hpp"

#include <silex/connection.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace silex::abi {

// Up to the next millisecond, so that a short wait does not become none; 0 is `otherwise`.
std::chrono::milliseconds duration_or(std::uint64_t value_ns, std::chrono::nanoseconds otherwise);
std::string text_or(const char* text, std::string otherwise);

// What the options leave open, the configuration says.
net::ClientOptions client_options(const config::Config& config, const silex_connection_options& options);

// What goes with joining a namespace where the program says nothing: the token of the configuration, null
// without one. Reads the file; throws std::invalid_argument where that can't be done.
net::Json default_auth(const config::Config& config);

silex_log_level level_of(net::LogLevel level);
silex_status status_of(net::AckStatus status);
silex_connection_state_kind kind_of(net::StateChange::Kind kind);

}  // namespace silex::abi
