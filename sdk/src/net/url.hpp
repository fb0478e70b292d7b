// The address of a server, taken apart. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace silex::net {

struct Url {
  bool secure = false;      // wss:// or https://
  std::string host;         // without brackets
  std::uint16_t port = 80;  // 443 when secure
  std::string path;         // starts with '/'
  std::string query;        // without '?'
  std::string user_info;    // "user:password", percent-decoded; proxies only
};

// Takes ws, wss, http and https. Throws std::invalid_argument with a sentence for the user.
Url parse_url(std::string_view text);

// "host:port", with brackets around an IPv6 address. The port always shows.
std::string host_and_port(const Url& url);

// "ws://host:port", as messages name the server: no query, which may hold secrets.
std::string display_name(const Url& url);

// What stands in the request line: path and query.
std::string target(const Url& url);

}  // namespace silex::net
