#include "abi/connection_values.hpp"

#include "net/codec/utf8.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <utility>

namespace silex::abi {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

milliseconds duration_or(std::uint64_t value, nanoseconds otherwise) {
  if (value == 0) return std::chrono::ceil<milliseconds>(otherwise);
  constexpr auto longest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / 4);
  return std::chrono::ceil<milliseconds>(nanoseconds(std::min(value, longest)));
}

std::string text_or(const char* text, std::string otherwise) {
  return text ? std::string(text) : std::move(otherwise);
}

net::ClientOptions client_options(const config::Config& config, const silex_connection_options& options) {
  net::ClientOptions client;
  client.url = text_or(options.url, config.service.url);
  client.path = text_or(options.path, config.service.path);
  auto& transport = client.transport;
  transport.connect_timeout = duration_or(options.connect_timeout_ns, config.service.connect_timeout);
  transport.verify_certificate =
      config.service.verify_certificate && (options.flags & SILEX_CONNECTION_UNVERIFIED) == 0;
  transport.compress = config.service.compress && (options.flags & SILEX_CONNECTION_UNCOMPRESSED) == 0;
  transport.proxy_from_environment = (options.flags & SILEX_CONNECTION_DIRECT) == 0;
  transport.ca_file = text_or(options.ca_file, config.service.ca_file);
  transport.proxy = transport.proxy_from_environment ? text_or(options.proxy, config.service.proxy)
                                                     : text_or(options.proxy, {});
  transport.headers = config.service.headers;
  client.backoff.first = duration_or(options.backoff_first_ns, config.reconnect.first);
  client.backoff.longest =
      std::max(client.backoff.first, duration_or(options.backoff_longest_ns, config.reconnect.longest));
  client.backoff.jitter = config.reconnect.jitter;
  client.outbox.events = options.outbox_events != 0 ? options.outbox_events : config.outbox.events;
  client.outbox.bytes = options.outbox_bytes != 0 ? options.outbox_bytes : config.outbox.bytes;
  return client;
}

net::Json default_auth(const config::Config& config) {
  if (config.service.token_file.empty()) return nullptr;
  std::ifstream file(config.service.token_file);
  std::string token;
  if (!std::getline(file, token) || token.empty()) {
    throw std::invalid_argument(
        "the token of the service can't be read from \"" + config.service.token_file +
        "\" (service.token_file): is it there, may you read it, and is its first line "
        "the token?");
  }
  if (token.back() == '\r') token.pop_back();
  if (net::utf8_prefix(token) < token.size()) {
    throw std::invalid_argument("the token of the service in \"" + config.service.token_file +
                                "\" (service.token_file) is no UTF-8: save the file as plain text");
  }
  return {{"token", token}};
}

silex_log_level level_of(net::LogLevel level) {
  switch (level) {
    case net::LogLevel::debug:
      return SILEX_LOG_DEBUG;
    case net::LogLevel::info:
      return SILEX_LOG_INFO;
    case net::LogLevel::warning:
      return SILEX_LOG_WARNING;
    default:
      return SILEX_LOG_ERROR;
  }
}

silex_status status_of(net::AckStatus status) {
  switch (status) {
    case net::AckStatus::acknowledged:
      return SILEX_OK;
    case net::AckStatus::timed_out:
      return SILEX_ERROR_TIMED_OUT;
    case net::AckStatus::disconnected:
      return SILEX_ERROR_DISCONNECTED;
    case net::AckStatus::stopped:
      return SILEX_ERROR_HOST_GONE;
    default:
      return SILEX_ERROR_NOT_SENT;
  }
}

silex_connection_state_kind kind_of(net::StateChange::Kind kind) {
  switch (kind) {
    case net::StateChange::Kind::connected:
      return SILEX_CONNECTION_CONNECTED;
    case net::StateChange::Kind::disconnected:
      return SILEX_CONNECTION_DISCONNECTED;
    case net::StateChange::Kind::joined:
      return SILEX_CONNECTION_JOINED;
    case net::StateChange::Kind::left:
      return SILEX_CONNECTION_LEFT;
    case net::StateChange::Kind::refused:
      return SILEX_CONNECTION_REFUSED;
    default:
      return SILEX_CONNECTION_CLOSED;
  }
}

}  // namespace silex::abi
